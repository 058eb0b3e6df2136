import { absolute, type Next } from "../../providers/pages.ts";
import { listOf, Shape } from "../../providers/shape.ts";
import type { SweptRepository } from "../../report/repository-report.ts";
import type { Host } from "../hosts.ts";

/** A repository as a host lists it. */
export interface ListedRepository extends Omit<SweptRepository, "id" | "url"> {
  readonly bytes?: number;
  readonly pushedAt?: string;
}

/** How a kind of host is asked. */
interface Kind {
  /** The variable of the environment that holds its token. */
  readonly variable: string;
  readonly headers: (host: Host) => Readonly<Record<string, string>>;
  /** Lists to try one after the other: an owner may be a group or a person. */
  readonly ways: (owner: string) => readonly (readonly [path: string, query: Readonly<Record<string, string>>])[];
  /** How pages follow each other; a Link header when left out. */
  readonly next?: Next;
  readonly entries: (page: unknown) => readonly ListedRepository[];
}

const bearer = ({ token }: Host): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

/** docs.github.com/rest/repos/repos: "List organization repositories", "List repositories for a user"; sizes are KiB. */
const github: Kind = {
  variable: "GITHUB_TOKEN",
  headers: (host) => ({ ...bearer(host), accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" }),
  ways: (owner) => {
    const [, user] = /^user\/(.+)$/.exec(owner) ?? [];
    return user
      ? [[`users/${user}/repos`, { per_page: "100", type: "owner" }]]
      : [
          [`orgs/${owner}/repos`, { per_page: "100", type: "all" }],
          [`users/${owner}/repos`, { per_page: "100", type: "owner" }],
        ];
  },
  entries: (page) =>
    listOf(page, "repositories").map((one) => ({
      name: one.text("full_name") ?? "",
      ...visibility(one.text("visibility") ?? (one.flag("private") ? "private" : "public")),
      archived: one.flag("archived"),
      fork: one.flag("fork"),
      ...bytes(one.number("size"), 1024),
      ...pushed(one.text("pushed_at")),
    })),
};

/** docs.gitlab.com/api/groups: "List projects"; docs.gitlab.com/api/projects: "List a user's projects". */
const gitlab: Kind = {
  variable: "GITLAB_TOKEN",
  headers: ({ token }) => (token ? { "private-token": token } : {}),
  ways: (owner) => {
    const query = { per_page: "100", order_by: "id", sort: "asc", statistics: "true" };
    const [, user] = /^user\/(.+)$/.exec(owner) ?? [];
    const group = [
      `groups/${encodeURIComponent(owner)}/projects`,
      { ...query, include_subgroups: "true", with_shared: "false" },
    ] as const;
    const person = [`users/${encodeURIComponent(user ?? owner)}/projects`, query] as const;
    return user ? [person] : owner.includes("/") ? [group] : [group, person];
  },
  entries: (page) =>
    listOf(page, "projects").map((one) => ({
      name: one.text("path_with_namespace") ?? "",
      ...visibility(one.text("visibility")),
      archived: one.flag("archived"),
      fork: one.part("forked_from_project").number("id") !== undefined,
      ...bytes(one.part("statistics").number("repository_size"), 1),
      ...pushed(one.text("last_activity_at")),
    })),
};

/** docs.gitea.com/api: "List an organization's repos", "List the repos owned by the given user"; sizes are KiB. */
const gitea: Kind = {
  variable: "GITEA_TOKEN",
  headers: ({ token }) => (token ? { authorization: `token ${token}` } : {}),
  ways: (owner) => {
    const [, user] = /^user\/(.+)$/.exec(owner) ?? [];
    const person = [`users/${user ?? owner}/repos`, { limit: "50" }] as const;
    return user ? [person] : [[`orgs/${owner}/repos`, { limit: "50" }], person];
  },
  entries: (page) =>
    listOf(page, "repositories").map((one) => ({
      name: one.text("full_name") ?? "",
      ...visibility(one.flag("internal") ? "internal" : one.flag("private") ? "private" : "public"),
      archived: one.flag("archived"),
      fork: one.flag("fork"),
      ...bytes(one.number("size"), 1024),
      ...pushed(one.text("updated_at")),
    })),
};

/** developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories: "List repositories in a workspace". */
const bitbucket: Kind = {
  variable: "BITBUCKET_TOKEN",
  headers: (host) =>
    host.token && host.user !== "x-token-auth"
      ? { authorization: `Basic ${Buffer.from(`${host.user}:${host.token}`).toString("base64")}` }
      : bearer(host),
  ways: (owner) => [[`repositories/${owner.replace(/^user\//, "")}`, { pagelen: "100" }]],
  next: ({ value, address }) => {
    const next = new Shape(value).text("next");
    if (next === undefined) return undefined;
    const page = new URL(address);
    page.search = absolute(next, address).search;
    return page;
  },
  entries: (page) =>
    new Shape(page).list("values").map((one) => ({
      name: one.text("full_name") ?? "",
      ...visibility(one.flag("is_private") ? "private" : "public"),
      fork: one.part("parent").text("full_name") !== undefined,
      ...bytes(one.number("size"), 1),
      ...pushed(one.text("updated_on")),
    })),
};

export const KINDS: Readonly<Record<Host["kind"], Kind>> = { github, gitlab, gitea, bitbucket };

const visibility = (word: string | undefined): Pick<ListedRepository, "visibility"> =>
  word === "public" || word === "internal" || word === "private" ? { visibility: word } : {};

const bytes = (size: number | undefined, unit: number): Pick<ListedRepository, "bytes"> =>
  size === undefined ? {} : { bytes: size * unit };

const pushed = (time: string | undefined): Pick<ListedRepository, "pushedAt"> =>
  time === undefined || Number.isNaN(Date.parse(time)) ? {} : { pushedAt: time };
