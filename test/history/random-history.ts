import { folder } from "../config/folder.ts";
import { gitWith } from "../git/history.ts";
import { git } from "../sources/repository.ts";

/** A generator of numbers below a bound, the same each time. */
export function numbers(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

const FOLDERS = ["", "a/", "a/b/", "a.b/", "a/b/c/d/", "z/"];
const NAMES = ["one", "two", "b", "a"];

/** How many different contents `randomHistory` writes; the keys that a content holds are for the caller to say. */
export const CONTENTS = 12;
export const contentOf = (number: number): string => `content ${number}\n${"line\n".repeat(number)}`;

/**
 * A repository of commits that change, copy, move and remove a few files at random, with merges of up to four sides that keep what they
 * like, roots in between, branches that go on, branches that end, and tags.
 */
export function randomHistory(seed: number, commits = 60, ...init: readonly string[]): string {
  const pick = numbers(seed);
  const root = folder({});
  git(root, "init", "-q", "-b", "main", ...init);
  const trees: Map<string, number>[] = [];
  const stream: string[] = [];
  for (let i = 0; i < commits; i++) {
    const parents =
      i === 0 || pick(25) === 0
        ? []
        : [
            ...new Set(
              Array.from({ length: 1 + (pick(3) === 0 ? 1 + pick(3) : 0) }, () => Math.max(0, i - 1 - pick(6))),
            ),
          ];
    const tree = new Map(parents.flatMap((parent) => (parent === parents[0] || pick(2) ? [...trees[parent]!] : [])));
    for (let change = pick(4); change > 0; change--) {
      const path = `${FOLDERS[pick(FOLDERS.length)]}${NAMES[pick(NAMES.length)]}`;
      const paths = [...tree.keys()];
      const other = paths[pick(Math.max(1, paths.length))];
      const action = pick(4);
      if (action === 0 && other) tree.delete(other);
      else if (action === 1 && other) {
        write(tree, path, tree.get(other)!);
        if (pick(2)) tree.delete(other);
      } else write(tree, path, pick(CONTENTS));
    }
    for (const path of tree.keys())
      if ([...tree.keys()].some((other) => other.startsWith(`${path}/`))) tree.delete(path);
    trees.push(tree);
    const branch = `refs/heads/${pick(3) ? "main" : `side${pick(3)}`}`;
    const when = 1_700_000_000 + 100 * i + pick(300);
    if (parents.length === 0) stream.push(`reset ${branch}\n`);
    stream.push(`commit ${branch}\nmark :${i + 1}\ncommitter A U Thor <author@example.org> ${when} +0000\n`);
    stream.push(sized(`commit ${i}\n`));
    stream.push(parents.length === 0 ? "" : `from :${parents[0]! + 1}\n`);
    stream.push(...parents.slice(1).map((parent) => `merge :${parent + 1}\n`), "deleteall\n");
    for (const [path, content] of tree) stream.push(`M 100644 inline ${path}\n${sized(contentOf(content))}`);
    stream.push("\n");
  }
  stream.push(
    `tag annotated\nfrom :${1 + pick(commits)}\ntagger A <a@example.org> 1700000000 +0000\n${sized("a tag\n")}`,
  );
  stream.push(`reset refs/tags/light\nfrom :${1 + pick(commits)}\n\n`);
  stream.push(`reset refs/heads/main\nfrom :${commits}\n\n`);
  gitWith(root, stream.join(""), "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet", "--force");
  return root;
}

/** A file takes the place of a folder, and the other way round. */
function write(tree: Map<string, number>, path: string, content: number): void {
  for (const other of [...tree.keys()])
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) tree.delete(other);
  tree.set(path, content);
}

const sized = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;
