import { type Unescaped, unescaped } from "./escapes.ts";
import { isChosen } from "./generic-password.ts";
import { type Hit, type Matcher, slice, type Text } from "./matcher.ts";
import { placeholder } from "./placeholder.ts";

/** Names of values that a Secret holds beside its secrets. */
const HARMLESS =
  /user|login|name|host|port|url|uri|addr|endpoint|region|email|mail|database|\bdb$|bucket|\.crt$|cert|\bca\b|issuer|scheme|type|enabled|version/i;
const HEAD = /^["']?(data|stringData)["']?:[ \t]*\{?/;
const PAIR = /^[ \t]*["']?([\w.-]{1,80})["']?:[ \t]*["']?([^\s"'{}<>$]{6,512})["']?[ \t]*,?[ \t]*[}"']*\r?$/;
const LINES = 200;

/** Values of a Kubernetes Secret around its `kind`, whatever their names are: base64 in `data`, plain in `stringData`. */
export function valuesOfSecret(text: Text, matcher: Matcher, anchor: number): Hit[] {
  const { before, after } = matcher.window ?? { before: 0, after: 0 };
  const start = Math.max(0, anchor - before);
  const near = slice(text, start, anchor + after);
  const from = near.lastIndexOf("\n---", anchor - start) + 1;
  const end = near.indexOf("\n---", anchor - start);
  let manifest = near.slice(from, end < 0 ? near.length : end);
  const levels: Unescaped[] = [];
  const outward = (at: number) => start + from + levels.reduceRight((place, level) => level.outward(place), at);
  for (;;) {
    const lines = inLines(text, matcher, manifest, outward);
    const hits = lines.length > 0 ? lines : inJson(text, matcher, manifest, outward);
    const plain = hits.length === 0 && levels.length < LEVELS ? unescaped(manifest) : undefined;
    if (!plain) return hits;
    levels.push(plain);
    manifest = plain.text;
  }
}

/** How deep strings may hold a manifest: JSON in JSON. */
const LEVELS = 3;

function inLines(text: Text, matcher: Matcher, manifest: string, outward: (at: number) => number): Hit[] {
  const hits: Hit[] = [];
  let section: string | undefined;
  let at = 0;
  for (const line of manifest.split("\n").slice(0, LINES)) {
    const head = HEAD.exec(line)?.[1];
    if (head) section = head;
    else if (/^[^\s#}]/.test(line)) section = undefined;
    const pair = section ? PAIR.exec(line) : undefined;
    if (pair && isSecret(pair[1]!, pair[2]!, section!, text.path)) {
      const place = at + line.indexOf(pair[2]!, line.indexOf(":"));
      const [start, end] = [outward(place), outward(place + pair[2]!.length)];
      hits.push({ matcher, start, end, secret: pair[2]!, parts: {}, assignedTo: pair[1]! });
    }
    at += line.length + 1;
  }
  return hits;
}

/** A Secret in JSON, whose lines do not tell its members apart. */
const SECTION = /"(data|stringData)"\s{0,40}:\s{0,40}\{([^{}]{1,8000})\}/g;
const MEMBER = /"([\w.-]{1,80})"\s{0,40}:\s{0,40}"([^\s"'{}<>$]{6,512})"/g;
/** Another kind beside it may have the section. */
const CONFIG_MAP = /"kind"\s{0,40}:\s{0,40}"ConfigMap"/;

function inJson(text: Text, matcher: Matcher, manifest: string, outward: (at: number) => number): Hit[] {
  if (CONFIG_MAP.test(manifest)) return [];
  return [...manifest.matchAll(SECTION)].flatMap((section) => {
    const members = section.index + section[0].indexOf("{") + 1;
    return [...section[2]!.matchAll(MEMBER)].flatMap((member) => {
      const [said, name, value] = member as unknown as [string, string, string];
      if (!isSecret(name, value, section[1]!, text.path)) return [];
      const place = members + member.index + said.lastIndexOf(value);
      const [start, end] = [outward(place), outward(place + value.length)];
      return [{ matcher, start, end, secret: value, parts: {}, assignedTo: name }];
    });
  });
}

function isSecret(name: string, value: string, section: string, path: string): boolean {
  if (HARMLESS.test(name)) return false;
  const plain = section === "data" ? decoded(value) : value;
  return plain !== undefined && placeholder(plain) === undefined && isChosen(plain, name, path);
}

/** What printable text a value says in base64. */
function decoded(value: string): string | undefined {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  const plain = Buffer.from(value, "base64").toString("latin1").trim();
  return /^[\x20-\x7e]{6,256}$/.test(plain) ? plain : undefined;
}
