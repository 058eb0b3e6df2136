import { readSmall } from "../git/regular-file.ts";
import { ScanError } from "../model/index.ts";

/** A commit's id, as payloads have them. */
export type CommitId = string & { readonly __brand: "CommitId" };

/** What happened, as far as it says what to look at (GitHub: "Webhook events and payloads"). Texts in it are anybody's. */
export type Event =
  | {
      /** A pull request, or a group of them in a merge queue. */
      readonly kind: "request";
      readonly base: CommitId;
      readonly head: CommitId;
      /** How many commits it has, where that is said. */
      readonly commits?: number;
    }
  | {
      readonly kind: "push";
      /** Missing of a new branch or tag. */
      readonly before?: CommitId;
      /** Missing of a deleted one. */
      readonly after?: CommitId;
      readonly ref: string;
      readonly defaultBranch?: string;
    }
  /** Another workflow ended: `workflow_run`. */
  | { readonly kind: "run"; readonly id: number; readonly isPublic: boolean }
  /** `schedule`, `workflow_dispatch` and whatever else happens without bringing commits. */
  | { readonly kind: "other"; readonly name: string };

/** A payload is 25 MB at most (GitHub: "Webhook events and payloads", "Payload cap"). */
const LARGEST_PAYLOAD = 64 << 20;

/** Reads the event that started the workflow from the file the runner wrote; asks no server. */
export function readEvent(env: NodeJS.ProcessEnv): Event {
  const { GITHUB_EVENT_NAME: name = "", GITHUB_EVENT_PATH: path = "" } = env;
  const payload = path === "" ? new Part({}, name) : payloadAt(path, name);
  switch (name) {
    case "pull_request":
    case "pull_request_target":
    case "pull_request_review":
    case "pull_request_review_comment": {
      const request = payload.part("pull_request");
      const commits = request.number("commits");
      const [base, head] = [request.part("base").id("sha"), request.part("head").id("sha")];
      return { kind: "request", base, head, ...(commits !== undefined && { commits }) };
    }
    case "merge_group": {
      const group = payload.part("merge_group");
      return { kind: "request", base: group.id("base_sha"), head: group.id("head_sha") };
    }
    case "push": {
      const [before, after] = [payload.idOrZero("before"), payload.idOrZero("after")];
      const defaultBranch = payload.maybe("repository")?.text("default_branch");
      const ref = payload.text("ref") ?? "";
      return {
        kind: "push",
        ref,
        ...(before && { before }),
        ...(after && { after }),
        ...(defaultBranch && { defaultBranch }),
      };
    }
    case "workflow_run":
      return {
        kind: "run",
        id: payload.part("workflow_run").number("id") ?? 0,
        isPublic: payload.maybe("repository")?.text("visibility") === "public",
      };
    default:
      return { kind: "other", name };
  }
}

function payloadAt(path: string, name: string): Part {
  try {
    return new Part(JSON.parse(readSmall(path, LARGEST_PAYLOAD)?.toString("utf8") ?? ""), name);
  } catch (cause) {
    throw new ScanError("usage", `the payload of ${name} (GITHUB_EVENT_PATH) cannot be read`, { cause });
  }
}

/** An object of a payload; asking for what is not there says what is missing. */
class Part {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #name: string;

  constructor(value: unknown, name: string) {
    this.#value = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    this.#name = name;
  }

  maybe(key: string): Part | undefined {
    const value = this.#value[key];
    return typeof value === "object" && value !== null ? new Part(value, `${this.#name}.${key}`) : undefined;
  }

  part(key: string): Part {
    return this.maybe(key) ?? this.#refuse(key);
  }

  text(key: string): string | undefined {
    const value = this.#value[key];
    return typeof value === "string" ? value : undefined;
  }

  number(key: string): number | undefined {
    const value = this.#value[key];
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }

  id(key: string): CommitId {
    return this.idOrZero(key) ?? this.#refuse(key);
  }

  /** An id; nothing for one of zeros, which says that there is none. */
  idOrZero(key: string): CommitId | undefined {
    const text = this.text(key) ?? "";
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return this.#refuse(key);
    return /^0+$/.test(text) ? undefined : (text as CommitId);
  }

  #refuse(key: string): never {
    throw new ScanError(
      "usage",
      `the payload of this event has no ${this.#name}.${key}: is GITHUB_EVENT_PATH the runner's own?`,
    );
  }
}
