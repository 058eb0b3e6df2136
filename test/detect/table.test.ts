import assert from "node:assert/strict";
import { test } from "node:test";
import { mint, seededRandom } from "../mint/mint.ts";
import { findIn } from "./find.ts";

const PASSWORD = "{{letters 6}}{{digits 4}}!x";

/** Tables as people keep them; `[…]` marks the secrets, templates are minted. */
const tables: readonly (readonly [what: string, path: string, text: string])[] = [
  ["an insert of one row", "a.sql", `INSERT INTO users (id, name, password) VALUES (1, 'bob', '[${PASSWORD}]');`],
  [
    "an insert of many rows",
    "a.sql",
    `insert into \`users\` (\`name\`,\`passwd\`) values\n('it''s, (me)', '[${PASSWORD}]'),\n  (NULL, N'[${PASSWORD}]'),\n(lower('A, b'), '[${PASSWORD}]');`,
  ],
  [
    "an insert of tokens",
    "a.sql",
    "INSERT INTO api.clients (id, api_key, active) VALUES ('c1', '[{{hex 32}}]', true);",
  ],
  ["an insert in code", "seed.py", `db.execute("INSERT INTO users (name, password) VALUES ('bob', '[${PASSWORD}]')")`],
  ["rows of PostgreSQL", "dump.sql", `COPY public.users (id, password, role) FROM stdin;\n1\t[${PASSWORD}]\tx\n\\.\n`],
  ["a file with names in its first line", "users.csv", `name,password\nbob,[${PASSWORD}]\nal,[${PASSWORD}]\n`],
  ["the same in quotes", "users.csv", `"uri","login_password","note"\r\n"https://a.b","[${PASSWORD}]","x"\r\n`],
  ["the same with tabs", "keys.tsv", "user\tapi_key\tteam\nbob\t[{{hex 32}}]\tops\nal\t[{{hex 32}}]\tops\n"],
  ["the same with semicolons", "a.csv", `name;password;role\nbob;[${PASSWORD}];x\n`],
  [
    "a table in Markdown",
    "a.md",
    `# Hosts\n\n| host | **password** |\n|------|:--------:|\n| db1 | [${PASSWORD}] |\n| db2 | \`[${PASSWORD}]\` |\n\nno row\n`,
  ],
  ["its tokens", "a.md", "| Service | API key |\n| --- | --- |\n| maps | [{{hex 32}}] |\n"],
];

const harmless: readonly (readonly [what: string, path: string, text: string])[] = [
  [
    "digests of passwords",
    "a.sql",
    "INSERT INTO users (name, password) VALUES ('a', '{{hex 32}}'), ('b', '{{hex 40}}');",
  ],
  ["other columns", "a.sql", `INSERT INTO users (name, nick) VALUES ('bob', '${PASSWORD}');`],
  ["what is put in later", "a.py", "q(\"INSERT INTO users (name, password) VALUES ('%s', '%s')\")"],
  ["a function of a text", "a.sql", `INSERT INTO users (name, password) VALUES ('bob', MD5('${PASSWORD}'));`],
  ["lookups", "a.sql", "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (1, '{{alnum 32}}', 'x');"],
  [
    "a table of parameters",
    "a.md",
    "| Name | Password |\n|---|---|\n| length | 8-64 |\n| kind | required |\n| other | see below1 |\n",
  ],
  ["code", "a.py", `import name, password\nuse(name, "${PASSWORD}")\n`],
  ["names further down", "a.txt", `Hello\nthere\nname,password\nbob,${PASSWORD}\n`],
  ["rows of another width", "a.csv", `name,password\nbob,x,${PASSWORD}\n`],
];

for (const [what, path, text] of tables)
  test(`${what}: what stands in a telling column is found`, () => {
    const minted = mint(text, seededRandom(7));
    const marks = [...minted.matchAll(/\[([^\]]+)\]/g)].map((mark) => mark[1]!);
    assert.ok(marks.length > 0);
    const found = findIn(minted.replace(/[[\]]/g, ""), path).map(({ secret, raw }) => [secret, raw]);
    assert.deepEqual(
      found,
      marks.map((secret) => [secret, secret]),
    );
  });

for (const [what, path, text] of harmless)
  test(`${what}: nothing is found`, () => {
    assert.deepEqual(findIn(mint(text, seededRandom(7)), path), []);
  });

test("a statement within a statement's text ends it, and however many stand in each other, each is read once", () => {
  const nested = "INSERT INTO t (password) VALUES ('".repeat(2000);
  assert.deepEqual(findIn(nested, "a.sql"), []);
});
