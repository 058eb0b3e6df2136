import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommit } from "../../src/git/commit.ts";
import { readLoose } from "../../src/git/loose.ts";
import { type HashKind, ID_SIZE, idAt, type ObjectId } from "../../src/git/object-id.ts";
import { findRepository } from "../../src/git/repository.ts";
import { parseTag } from "../../src/git/tag.ts";
import { SUBMODULE, TreeCursor } from "../../src/git/tree.ts";
import { folder } from "../config/folder.ts";
import { git } from "../sources/repository.ts";
import { gitWith } from "./history.ts";

const ADDRESS = "<author@example.org>";

/** A repository in which everything has a file of its own. */
function empty(hash: HashKind): string {
  const root = folder({});
  git(root, "init", "-q", "-b", "main", `--object-format=${hash}`);
  return root;
}

function contentOf(root: string, revision: string): Buffer {
  const { objectFolders, hash } = findRepository(root)!;
  const id = git(root, "rev-parse", revision).trim() as ObjectId;
  return readLoose(objectFolders[0]!, id, hash, 1 << 20)!.content;
}

const entryOf = (entry: string, kind: string, id: string): string =>
  `${entry.slice(0, 6)} ${kind} ${id}\t${entry.slice(7)}\0`;

for (const hash of ["sha1", "sha256"] as const) {
  test(`${hash}: commits and tags say what git says of them`, () => {
    const root = empty(hash);
    git(root, "commit", "-q", "--allow-empty", "-m", "first");
    git(root, "checkout", "-q", "-b", "other");
    git(root, "commit", "-q", "--allow-empty", "-m", "second");
    git(root, "checkout", "-q", "main");
    git(root, "merge", "-q", "--no-ff", "-m", "merged\n\nwith a body", "other");
    git(root, "tag", "-am", "of it", "v1");
    const format = (what: string): string => git(root, "log", "-1", `--format=${what}`).trim();
    const content = contentOf(root, "HEAD");
    const commit = parseCommit(content, hash);
    assert.equal(commit.tree, format("%T"));
    assert.deepEqual(commit.parents, format("%P").split(" "));
    assert.equal(commit.author!.who.toString(), format("%an <%ae>"));
    assert.equal(commit.committer!.time, Number(format("%ct")));
    assert.equal(content.toString("utf8", commit.message).trim(), format("%B"));
    assert.deepEqual(commit.flaws, []);
    const tagged = contentOf(root, "v1");
    const tag = parseTag(tagged, hash);
    assert.deepEqual([tag.object, tag.kind, tag.name!.toString()], [format("%H"), 1, "v1"]);
    assert.equal(tagged.toString("utf8", tag.message), "of it\n");
    assert.deepEqual(tag.flaws, []);
  });

  test(`${hash}: trees have the entries that git lists`, () => {
    const root = empty(hash);
    const blob = gitWith(root, "content", "hash-object", "-w", "--stdin").trim();
    const commit = "ab".repeat(ID_SIZE[hash]);
    const listed = [
      ...["100644 a b", "100755 run", "120000 link", "100644 n\u00e4me"].map((entry) => entryOf(entry, "blob", blob)),
      entryOf("160000 sub", "commit", commit),
    ];
    const tree = gitWith(root, listed.join(""), "mktree", "-z", "--missing").trim();
    assert.deepEqual(walked(contentOf(root, tree), ID_SIZE[hash]).entries.sort(), listed.sort());
  });
}

/** The entries of a tree in the words of `git ls-tree -z`. */
function walked(content: Buffer, idSize: number): { readonly entries: string[]; readonly flaw: string | undefined } {
  const entries: string[] = [];
  const cursor = new TreeCursor(content, idSize);
  while (cursor.next()) {
    const mode = cursor.mode.toString(8).padStart(6, "0");
    const name = content.toString("utf8", cursor.nameStart, cursor.nameEnd);
    const kind = cursor.mode === SUBMODULE ? "commit" : "blob";
    entries.push(entryOf(`${mode} ${name}`, kind, idAt(content, cursor.idStart, idSize)));
  }
  return { entries, flaw: cursor.flaw };
}

const id = "ab".repeat(20);
const author = `author A ${ADDRESS} 1700000000 +0130\n`;
const committer = `committer C ${ADDRESS} 1700000001 -0800\n`;

const commits: readonly [name: string, content: string, flaws: readonly RegExp[]][] = [
  ["nothing", "", [/no tree/, /no author/, /no committer/]],
  ["no tree", `${author}${committer}\nmessage`, [/no tree/]],
  ["a tree that is no id", `tree 12\n${author}${committer}\nmessage`, [/no tree/]],
  ["a parent that is no id", `tree ${id}\nparent x\nparent ${id}\n${author}${committer}\nmessage`, [/parent/]],
  ["no committer", `tree ${id}\n${author}\nmessage`, [/no committer/]],
];

for (const [name, content, flaws] of commits) {
  test(`a broken commit, ${name}: its message is still found`, () => {
    const bytes = Buffer.from(content);
    const commit = parseCommit(bytes, "sha1");
    assert.equal(bytes.toString("utf8", commit.message), content ? "message" : "");
    assert.equal(commit.flaws.length, flaws.length);
    for (const [i, flaw] of flaws.entries()) assert.match(commit.flaws[i]!, flaw);
  });
}

test("fields that go on over lines, an encoding, and a message of empty lines", () => {
  const signature = "gpgsig -----BEGIN\n \n tree nonsense\n -----END\n";
  const bytes = Buffer.from(`tree ${id}\n${author}${committer}encoding ISO-8859-1\n${signature}\n\n\nlate\n`, "latin1");
  const commit = parseCommit(bytes, "sha1");
  assert.deepEqual([commit.tree, commit.encoding, commit.flaws.length], [id, "ISO-8859-1", 0]);
  assert.equal(bytes.toString("utf8", commit.message), "\n\nlate\n");
});

const dates: readonly [written: string, time: number | undefined, zone: number | undefined][] = [
  [`A ${ADDRESS} 1700000000 +0130`, 1700000000, 90],
  [`A ${ADDRESS} 1700000000 -0800`, 1700000000, -480],
  [`A ${ADDRESS} 1700000000`, 1700000000, undefined],
  [`A <a> 12 +0000> ${ADDRESS} 1700000000 +0000`, 1700000000, 0],
  [`A ${ADDRESS} soon`, undefined, undefined],
  ["A author@example.org 1700000000 +0000", undefined, undefined],
  [`A ${ADDRESS} 99999999999999999999 +0000`, 999999999999999, undefined],
];

for (const [text, time, zone] of dates) {
  test(`a date is read from ${text}`, () => {
    const { author } = parseCommit(Buffer.from(`tree ${id}\nauthor ${text}\n\n`), "sha1");
    assert.deepEqual([author!.time, author!.zone], [time, zone]);
  });
}

const trees: readonly [name: string, content: string, entries: number, flaw: RegExp | undefined][] = [
  ["nothing", "", 0, undefined],
  ["cut within an id", `100644 a\0${"i".repeat(20)}100644 b\0${"i".repeat(19)}`, 1, /within an entry/],
  ["a mode of letters", `rw-r a\0${"i".repeat(20)}`, 0, /no mode/],
  ["a mode without end", "1".repeat(100), 0, /no mode/],
  ["no name", `100644 \0${"i".repeat(20)}`, 0, /no name/],
  ["a name without end", "100644 abc", 0, /within an entry/],
  ["only a mode", "100644", 0, /no name/],
];

for (const [name, content, count, flaw] of trees) {
  test(`a broken tree, ${name}: ${count} entries`, () => {
    const found = walked(Buffer.from(content, "latin1"), 20);
    assert.equal(found.entries.length, count);
    if (flaw) assert.match(found.flaw!, flaw);
    else assert.equal(found.flaw, undefined);
  });
}

test("a tree that stands among other bytes is read in its span alone", () => {
  const entry = Buffer.from(`100644 a\0${"i".repeat(20)}`, "latin1");
  const cursor = new TreeCursor(Buffer.concat([Buffer.from("xx"), entry, entry]), 20, 2, 2 + entry.length);
  assert.deepEqual([cursor.next(), cursor.next(), cursor.flaw], [true, false, undefined]);
  const cut = new TreeCursor(Buffer.concat([entry, entry]), 20, 0, entry.length - 1);
  assert.deepEqual([cut.next(), cut.flaw !== undefined], [false, true]);
});

test("a broken tag says what is broken", () => {
  const tag = parseTag(Buffer.from("object x\ntype bulb\ntag v1\n\nmessage"), "sha1");
  assert.deepEqual([tag.object, tag.kind, tag.flaws.length], [undefined, undefined, 2]);
  assert.equal(parseTag(Buffer.from(`object ${id}\ntype tree\ntag v1\n`), "sha1").kind, 2);
});
