import type { JsonExposure } from "../json.ts";
import type { SweptRepository } from "../repository-report.ts";
import { uriOf } from "../sarif-place.ts";
import { webAddress } from "./markup.ts";

/** How a host writes the address of a line in a version of a file: GitHub's, GitLab's and Gitea's own ways. */
const LINES: readonly { readonly host: RegExp; readonly path: string; readonly line: (line: number) => string }[] = [
  { host: /^github\./, path: "blob", line: (line) => `#L${line}` },
  { host: /^gitlab\./, path: "-/blob", line: (line) => `#L${line}` },
  { host: /^(?:gitea|codeberg|forgejo)\./, path: "src/commit", line: (line) => `#L${line}` },
  { host: /^bitbucket\.org$/, path: "src", line: (line) => `#lines-${line}` },
];

/** Where a browser finds a place, if it is in a commit of a repository whose host is known. */
export function address(
  { url }: SweptRepository,
  { path, inner, line, commit, log }: JsonExposure,
): string | undefined {
  const home = url === undefined ? undefined : webAddress(url);
  if (home === undefined || log || commit === undefined || !/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  const { host } = new URL(home);
  const form = LINES.find((each) => each.host.test(host));
  if (!form) return undefined;
  const file = uriOf(path);
  if (file.startsWith("file:")) return undefined;
  return `${home.replace(/(?:\.git)?\/?$/, "")}/${form.path}/${commit}/${file}${inner ? "" : form.line(line)}`;
}
