import type { Target } from "../target.ts";

/** How a repository may be fetched: git's own helpers for other ways run whatever an address says. */
const SCHEMES = new Set(["https:", "http:", "ssh:", "git:", "file:"]);

/** `git@host:path`, as git and OpenSSH write it. */
const SCP = /^(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9.-]+):(?!\/\/)([^\s:][^\s]*)$/;

/** Whether a text looks like an address rather than a path: `https://…`, `git@host:…`. */
export const isAddress = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || (/^[^/\\]+@[^/\\]+:/.test(text) && SCP.test(text));

/** The repository at an address, or what is wrong with the address. A login in it is never passed on, nor repeated. */
export function addressTarget(text: string): Target | { readonly fault: string } {
  const scp = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? undefined : SCP.exec(text);
  if (scp) return targetAt(text, scp[2]!, scp[3]!);
  if (!URL.canParse(text)) return { fault: "it is no address that git could fetch from" };
  const url = new URL(text);
  if (!SCHEMES.has(url.protocol)) return { fault: `${url.protocol}// is not fetched from; give https, ssh or file` };
  if (url.password !== "" || (url.username !== "" && url.protocol !== "ssh:"))
    return { fault: "a login stands in the address: take it out, and give it to git's credential helper" };
  if (url.search !== "" || url.hash !== "") return { fault: "no repository has an address with ? or #" };
  return targetAt(text, url.host, decoded(url.pathname), url.protocol.startsWith("http"));
}

function targetAt(url: string, host: string, path: string, browsable = false): Target {
  const name = path
    .replace(/^\/+/, "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
  const id = host === "" ? `/${name}` : `${host.toLowerCase()}/${name}`;
  return {
    repository: { id, name, ...(browsable && { url: `https://${host}/${name}` }) },
    at: { kind: "remote", url },
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
