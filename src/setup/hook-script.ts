/** The hooks of git that leakreach looks from. */
export type HookName = "pre-commit" | "pre-push";

/** What a hook's script has to know. */
export interface HookScript {
  readonly name: HookName;
  /** The Node that installed it, and the file it ran; where they are gone, those of PATH are taken. */
  readonly node: string;
  readonly bundle: string;
  /** Whether it stands in for the hooks of all repositories, and so runs each repository's own. */
  readonly forAll: boolean;
}

const MARK = "# Written by leakreach hook install; leakreach hook uninstall takes it away.";

/** What a hook that was there before is called while ours stands in its place. */
export const keptName = (name: string): string => `${name}.before-leakreach`;

/** Whether a hook is one that leakreach wrote. */
export const isOurs = (script: string): boolean => script.includes(MARK);

/** The hook itself, for any POSIX shell (of Git for Windows, too). Hooks that were there before run first. */
export function hookScript({ name, node, bundle, forAll }: HookScript): string {
  const own = forAll ? [ownHook(name)] : [];
  const before = [...own, `"\${0%/*}/${keptName(name)}"`];
  const isPush = name === "pre-push";
  const call = isPush ? 'hook pre-push "$1"' : "hook pre-commit";
  return `#!/bin/sh
${MARK}
${isPush ? 'input=$(cat)\ngiven() { [ -z "$input" ] || printf "%s\\n" "$input"; }\n' : ""}for before in ${before.join(" ")}; do
  if [ -f "$before" ] && [ -x "$before" ]; then ${isPush ? "given | " : ""}"$before" "$@" || exit $?; fi
done
node=${quoted(node)}
bundle=${quoted(bundle)}
[ -x "$node" ] || node=node
if [ -f "$bundle" ] && command -v "$node" >/dev/null 2>&1; then
  ${isPush ? `given | "$node" "$bundle" ${call}; exit $?` : `exec "$node" "$bundle" ${call}`}
fi
if command -v leakreach >/dev/null 2>&1; then
  ${isPush ? `given | leakreach ${call}; exit $?` : `exec leakreach ${call}`}
fi
echo >&2 "leakreach: stopped, because nothing was looked at: $node or $bundle is missing."
echo >&2 "  Run leakreach hook install again where leakreach is now, or remove $0. Once without it: git ${isPush ? "push" : "commit"} --no-verify"
exit 1
`;
}

/** A hook that only runs the repository's own of the same name, which core.hooksPath has git not look for. */
export const forwardScript = (name: string): string => `#!/bin/sh
${MARK}
own=${ownHook(name)}
if [ -f "$own" ] && [ -x "$own" ]; then exec "$own" "$@"; fi
`;

const ownHook = (name: string): string => `"$(git rev-parse --git-common-dir)/hooks/${name}"`;

/** As one word of a shell; backslashes of Windows become slashes, which its programs take as well. */
const quoted = (path: string): string =>
  `'${(process.platform === "win32" ? path.replaceAll("\\", "/") : path).replaceAll("'", "'\\''")}'`;

/** Hooks that core.hooksPath would switch off in every repository (githooks(5)); without push-to-checkout and proc-receive, which act by being there. */
export const FORWARDED = [
  "applypatch-msg",
  "pre-applypatch",
  "post-applypatch",
  "pre-commit",
  "pre-merge-commit",
  "prepare-commit-msg",
  "commit-msg",
  "post-commit",
  "pre-rebase",
  "post-checkout",
  "post-merge",
  "pre-push",
  "pre-receive",
  "update",
  "reference-transaction",
  "post-receive",
  "post-update",
  "pre-auto-gc",
  "post-rewrite",
  "sendemail-validate",
  "post-index-change",
] as const;
