import type { Rule } from "../../model/index.ts";
import type { JsonFinding } from "../json.ts";
import { cut } from "../redact.ts";
import type { Credential } from "../views/credentials.ts";
import { capital } from "./words.ts";

/** What a report calls things, as the rules know them; rules that are not known are called by their id. */
export interface Names {
  readonly rule: (id: string) => Rule | undefined;
  readonly kind: (id: string) => string;
  readonly provider: (id: string) => string;
  /** The account, organization, project or user a token says it belongs to, at its provider. */
  readonly account: (finding: JsonFinding) => string | undefined;
  readonly identity: (credential: Credential) => string;
  /** What kind of token it is: as it says itself, or as its rule calls it. */
  readonly title: (finding: JsonFinding) => string;
  /** A token in a few words: its kind, and the file it stands in. */
  readonly token: (credential: Credential) => string;
}

/** Facts that say whose account it is, the most telling first. */
const ACCOUNTS = [
  "client_email",
  "account",
  "project_id",
  "project",
  "org",
  "team",
  "workspace",
  "host",
  "user",
  "bot",
];

const LONGEST_FILE = 40;

/** The names that a set of rules gives. */
export function namesOf(rules: ReadonlyMap<string, Rule>): Names {
  const rule = (id: string) => rules.get(id);
  const kind = (id: string) => rule(id)?.name ?? id;
  const provider = (id: string) => rule(id)?.provider ?? "rules of your own";
  const account = ({ facts }: JsonFinding) => {
    const fact = ACCOUNTS.flatMap((name) => facts.filter((each) => each.name === name))[0];
    return fact && `${fact.value} (${fact.name.replaceAll("_", " ")})`;
  };
  const identity = ({ worst }: Credential) =>
    worst.identity ?? account(worst)?.concat(` at ${provider(worst.rule)}`) ?? `${provider(worst.rule)}: names nobody`;
  const typeOf = ({ rule: id, facts }: JsonFinding) =>
    rule(id)?.provider === "JOSE" ? facts.find(({ name }) => name === "type")?.value : undefined;
  const title = (finding: JsonFinding) => {
    const type = typeOf(finding);
    return type === undefined ? kind(finding.rule) : capital(`${type} (${kind(finding.rule)})`);
  };
  const token = ({ worst }: Credential) => {
    const path = worst.exposures[0]?.path ?? "";
    return `${capital(typeOf(worst) ?? kind(worst.rule))}, ${cut(path.slice(path.lastIndexOf("/") + 1), LONGEST_FILE)}`;
  };
  return { rule, kind, provider, account, identity, title, token };
}
