import { checksum } from "../checksum/index.ts";
import { sha256 } from "../checksum/sha256.ts";
import type { Checksum } from "../model/index.ts";
import type { WrappedHit } from "./detector.ts";
import { placeholder } from "./placeholder.ts";
import { entropy } from "./shape.ts";
import { isWords } from "./value.ts";

/** Public samples: SHA-256 of the exact text to what it is, and default values everybody knows. */
export interface Samples {
  readonly hashes: ReadonlyMap<string, string>;
  readonly values: ReadonlySet<string>;
}

/** A hit that stands, with what was found out about it. */
export interface Judged extends WrappedHit {
  readonly checksum: Checksum;
}

/** A hit that was dropped, and why; shown by `--explain`. */
export interface Dropped {
  readonly hit: WrappedHit;
  readonly why: string;
}

/** Decides which hits of one text stand: entropy, checksums, samples, placeholders, and the better of two that overlap. */
export function judge(hits: readonly WrappedHit[], samples: Samples): { kept: Judged[]; dropped: Dropped[] } {
  const dropped: Dropped[] = [];
  const standing: Judged[] = [];
  const ids = new Map(
    hits.flatMap(({ whole, parts, matcher }) => (whole ? Object.values(parts).map((id) => [id, matcher.id]) : [])),
  );
  for (const hit of hits) {
    const why = weak(hit) ?? half(hit, ids);
    if (why) dropped.push({ hit, why });
    else standing.push(weigh(hit, samples));
  }
  const byPlace = standing.sort((a, b) => a.start - b.start || value(b) - value(a) || b.end - a.end);
  const { outer, carried } = parted(byPlace.filter(({ apart }) => !apart));
  const apart = byPlace.filter((hit) => hit.apart);
  const dumps = byPlace.filter(({ matcher }) => matcher.id === RUNNER_MEMORY);
  const kept = [outer, carried, apart].flatMap((hits) => unrivalled(hits, dropped)).map((hit) => inDump(hit, dumps));
  return { kept: kept.sort((a, b) => a.start - b.start), dropped };
}

/** The rule of what a job's runner keeps of a secret in its memory: it says where a token was printed, not what it is. */
const RUNNER_MEMORY = "github-runner-memory";

/** A token that a dump of a runner's memory holds, with the name that it has there. */
function inDump(hit: Judged, dumps: readonly Judged[]): Judged {
  const dump = dumps.find((other) => other.start <= hit.start && hit.end <= other.end);
  const name = dump?.parts.kind;
  if (name === undefined) return hit;
  const told = `${name}, of a GitHub runner (as tj-actions/changed-files printed it, CVE-2025-30066)`;
  return { ...hit, parts: { ...hit.parts, "memory dump": told }, assignedTo: name };
}

/** Hits apart from those that a JWT carries in its claims: the JWT and what it carries are secrets of their own. */
function parted(byPlace: readonly Judged[]): { outer: Judged[]; carried: Judged[] } {
  const outer: Judged[] = [];
  const carried: Judged[] = [];
  let token: Judged | undefined;
  for (const hit of byPlace) {
    if (token && carries(token, hit)) carried.push(hit);
    else outer.push(hit);
    if (hit.matcher.detector === "jwt" && (!token || hit.end > token.end)) token = hit;
  }
  return { outer, carried };
}

/** Names of claims are too often about secrets without being one: what only a name speaks for does not count. */
function carries(token: Judged, hit: Judged): boolean {
  const telling = hit.matcher.detector === "password" || value(hit) >= 2;
  return telling && hit.encodings.length > token.encodings.length && contains(token, hit);
}

/** Of each two that overlap the better one. */
function unrivalled(byPlace: readonly Judged[], dropped: Dropped[]): Judged[] {
  const kept: Judged[] = [];
  for (const hit of byPlace) {
    // Sorted and without overlaps: only the last can reach this far.
    const last = kept.at(-1);
    const rival = last && last.end > hit.start ? last : undefined;
    if (!rival) kept.push(hit);
    else if (beats(hit, rival)) {
      kept[kept.length - 1] = hit;
      dropped.push({ hit: rival, why: `the same text is a ${hit.matcher.id}` });
    } else if (!twin(hit, rival)) dropped.push({ hit, why: `the same text is a ${rival.matcher.id}` });
  }
  return kept;
}

function weak(hit: WrappedHit): string | undefined {
  const needed = hit.matcher.entropy;
  if (needed === undefined) return undefined;
  const bits = entropy(hit.secret);
  return bits < needed ? `its entropy of ${bits.toFixed(2)} bits a character is below ${needed}` : undefined;
}

/** What only a name speaks for may be the id beside a secret that needs one. */
function half(hit: WrappedHit, ids: ReadonlyMap<string, string>): string | undefined {
  const of = hit.matcher.detector ? ids.get(hit.secret) : undefined;
  return of === undefined ? undefined : `it is the public half of a ${of}`;
}

function weigh(hit: WrappedHit, samples: Samples): Judged {
  const sum = hit.matcher.checksum ? checksum(hit.matcher.checksum, hit.secret) : "none";
  const looks = isDumped(hit) ? undefined : (sample(hit, samples) ?? (sum === "good" ? undefined : emptyBody(hit)));
  const demoted = hit.demoted ?? looks;
  return { ...hit, checksum: sum, ...(demoted ? { demoted } : {}) };
}

/** In an encoded dump of a runner's memory the runner itself says what is secret, however plain it looks; a page that shows the form is not encoded. */
const isDumped = ({ matcher, encodings }: WrappedHit): boolean => matcher.id === RUNNER_MEMORY && encodings.length > 0;

/** Hashes of what was judged last: in a history a secret stands in many versions. */
const hashes = new Map<string, string>();
const MOST_HASHES = 256;

function hashOf(secret: string): string {
  const known = hashes.get(secret);
  if (known !== undefined) return known;
  if (hashes.size === MOST_HASHES) hashes.clear();
  const hash = sha256(Buffer.from(secret)).toString("hex");
  hashes.set(secret, hash);
  return hash;
}

function sample(hit: WrappedHit, samples: Samples): string | undefined {
  const known = samples.hashes.get(hashOf(hit.secret));
  if (known) return `documented sample, not a secret (${known})`;
  const value = loginPassword(hit);
  if (samples.values.has(value.toLowerCase())) return "a default value everybody knows";
  if (hit.matcher.detector === "url" && FINGERPRINT.test(value)) return "placeholder: the fingerprint of a host's key";
  if (FTP.has(hit.matcher.detector ?? "") && ANONYMOUS.test(hit.parts.user ?? ""))
    return "placeholder: a login without an account (RFC 1635)";
  if (hit.matcher.detector === "url" && /^\d{1,5}[#?;]?$/.test(value) && HOST.test(hit.parts.user ?? ""))
    return "placeholder: a host and its port before another host, as attacks on redirects are shown (RFC 3986, 7.6)";
  if (NAMED_ONLY.has(hit.matcher.detector ?? "") && saysSo(value)) return "placeholder: words in base64";
  if (
    hit.matcher.detector === "url" &&
    VARIABLE.test(hit.parts.host ?? "") &&
    (value === hit.parts.user || WORD.test(value))
  )
    return "placeholder: a word for a host that is made up when it runs";
  if (hit.matcher.detector === "url" && RESERVED.test(hit.parts.host ?? ""))
    return "placeholder: a host name kept for examples (RFC 2606)";
  const decoded = OF_NAME.has(hit.matcher.detector ?? "") ? inBase64(value) : undefined;
  if (
    decoded !== undefined &&
    (samples.values.has(decoded.toLowerCase()) || SHOWN.test(decoded) || placeholder(decoded))
  )
    return "a default value or placeholder in base64";
  if (LOGINS.has(hit.matcher.detector ?? "") && GAP.test(value)) return "placeholder: code that puts a value there";
  return LOGINS.has(hit.matcher.detector ?? "") &&
    ((SHOWN.test(value) && !FOR_SERVICE.test(value)) || NAMED.test(value))
    ? "placeholder: a word that says password"
    : undefined;
}

/** Detectors of what a name speaks for: in configuration its value is often in base64. */
const OF_NAME: ReadonlySet<string> = new Set(["password", "generic", "manifest", "table"]);

/** The printable text that a value says in base64. */
function inBase64(value: string): string | undefined {
  if (value.length < 8 || value.length > 200 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value))
    return undefined;
  const plain = Buffer.from(value, "base64").toString("latin1").trim();
  return /^[\x20-\x7e]{4,}$/.test(plain) ? plain : undefined;
}

/** `'" + password + "'`: the end of a string, a sign and the next string's beginning. */
const GAP = /^[`"'][\s)]{0,4}[+.]|[+.][\s(]{0,4}[`"']$/;

/** A host that code or a shell puts in, as tests mostly do, and a password of one word. */
const VARIABLE = /^[%$#{]/;
const WORD = /^[A-Za-z]{1,8}$/;

const RESERVED = /(?:^|\.)(?:test|invalid|example|example\.(?:com|org|net|edu))$/i;

/** The rest of `;fingerprint=` in the URL of an SSH server (draft-ietf-secsh-scp-sftp-ssh-uri, 3.3). */
const FINGERPRINT = /^[0-9a-f]{2}(?::[0-9a-f]{2}){13,15}$/i;
const ANONYMOUS = /^(?:anonymous|ftp)$/i;
const FTP = new Set(["url", "login"]);
const HOST = /^[a-z][\w-]*(?:\.[\w-]+)*\.[a-z]{2,10}$/i;

/** Detectors of what only a name speaks for. */
const NAMED_ONLY = new Set(["generic", "password", "table"]);

/** `cGFzc3dvcmQ=`: manifests and manuals keep what they make up in base64, too. */
function saysSo(value: string): boolean {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return false;
  const plain = Buffer.from(value, "base64").toString("latin1");
  if (!/^[\x20-\x7e]{6,}$/.test(plain)) return false;
  return (
    placeholder(plain) !== undefined || SHOWN.test(plain) || isWords(plain.replace(/[. ]+/g, "-").replace(/-$/, ""))
  );
}

/** Detectors of what people type to sign in. */
const LOGINS = new Set(["password", "table", "url", "basic", "login"]);

/** `mypass`, `badpass`, `db_password1`, `secret123`: what documentation and tests write. */
const SHOWN =
  /^(?:[a-z]{0,10}[-_.]?)(?:pass|passwd|password|passw0rd|p@ssw0rd|p@ssword|pwd|secret)[-_.]?(?:\d{0,6}|[a-z]{0,4})[!.]?$/i;

/** `RedisPass1!`, `UserPassword123`: people do choose what names the service and fits a policy. */
const FOR_SERVICE =
  /^(?![A-Za-z]{0,9}(?:Test|My|Your|Bad|Good|Wrong|Fake|New|Old|Valid|valid|Sample|Example|Demo|Dummy|Strong|Super|Secret|Secure))(?=.{0,40}\d)[A-Z][A-Za-z]{1,9}(?:[Pp]ass(?:wd|word)?|[Pp]wd)\d{1,6}[!.]?$/;

/** `USER:TOKEN`, `YOUR_API_KEY`, `YourStrongPassword1`: what manuals write in place of one. */
const NAMED =
  /^(?:[Yy]our(?=[A-Z_-])|(?:[A-Z]{1,12}[-_]){0,3}(?:TOKEN|PASS(?:WORD)?|SECRET|(?:API)?KEY)$|(?:[a-z]{1,12}\d?[-_]){1,3}(?:token|pass(?:word)?|secret|key)$)/;

/** The password in a basic header stands behind its user, in base64. */
function loginPassword(hit: WrappedHit): string {
  if (hit.matcher.detector !== "basic") return hit.secret;
  const plain = Buffer.from(hit.secret, "base64").toString("latin1");
  return plain.slice(plain.indexOf(":") + 1);
}

/** A line of dots in a key, as manuals show one. */
const ELIDED = /(?:\n|\\n)[ \t>#*|]{0,40}\.\.\.+[ \t]{0,8}(?:\n|\\n|\r)/;

/** A placeholder stands inside the token, behind its public prefix. */
function emptyBody(hit: WrappedHit): string | undefined {
  if (hit.secret.includes("-----BEGIN"))
    return ELIDED.test(hit.secret) ? "placeholder: lines of it are left out" : undefined;
  if (hit.matcher.detector === "jwt" || hit.secret.length > 2000) return undefined;
  const keyword = hit.matcher.keywords.find((word) => hit.secret.startsWith(word));
  return placeholder(keyword ? hit.secret.slice(keyword.length) : hit.secret);
}

/** A named provider before a keyword, a keyword before what only a name or a header speaks for. */
function value(hit: WrappedHit): number {
  const detector = hit.matcher.detector;
  if (detector === "generic" || detector === "password" || detector === "table") return 0;
  if (hit.matcher.id === RUNNER_MEMORY) return 0.5;
  if (detector === "bearer" || detector === "basic") return 1;
  if (detector === "url" || detector === "login") return 1.5;
  // A vendor's keyword before a JSON Web Token says whose it is.
  if (hit.matcher.way === "run") return hit.secret.startsWith("ey") ? 3.2 : 2;
  return detector === "jwt" ? 3 : hit.matcher.way === "literal" ? 3.5 : 4;
}

/** Of two that overlap, the more telling one stands; of equals the longer; of equals again the first. */
function beats(hit: WrappedHit, rival: WrappedHit): boolean {
  if (value(hit) !== value(rival))
    return value(hit) > value(rival) && !(hit.matcher.detector === "jwt" && contains(rival, hit));
  return hit.end - hit.start > rival.end - rival.start;
}

const contains = (outer: WrappedHit, inner: WrappedHit): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start;

const twin = (a: WrappedHit, b: WrappedHit): boolean =>
  a.matcher === b.matcher && a.start === b.start && a.end === b.end;
