import { words } from "./shape.ts";

/** What a name says its value is: a password a person may have chosen, a token a machine made, or a key that needs more evidence. */
export type NameKind = "password" | "token" | "key";

const wordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const PASSWORD = wordSet(`
  password passwd passphrase pwd pass passw passcode psw pswd userpass userpassword dbpass dbpassword dbpasswd
  requirepass masterauth rootpassword adminpassword adminpass authpass mypassword pw rootpw dbpw userpw adminpw psk sshpass pgpassword
`);
const TOKEN = wordSet(`
  token secret apikey bearer credential credentials cred creds jwt apitoken authtoken accesstoken secretkey
  clientsecret accesskey authkey appkey appsecret apisecret privatekey masterkey signingkey encryptionkey
  sessionkey pat authorization sas sharedkey accountkey sharedaccesskey refreshtoken usertoken bottoken
  jwtsecret secrettoken consumersecret xauth tok
`);
/** Words that make a `key` telling: `api key`, `signing key`. */
const KEYED = wordSet(`
  api access secret private encryption signing auth account storage service master session client app
  application consumer admin server deploy license crypto cipher aes hmac jwt shared write read root
  validation decryption crypt security subscription primary secondary rest user project integration webhook cloud google aws azure stripe maps
`);
/** A last word that says the value is about the secret, not the secret. */
const ABOUT = wordSet(`
  type types url uri endpoint host name names id ids len length size count min max limit expiry expires
  expiration expire ttl timeout age header prefix suffix regex regexp pattern label placeholder error errors
  message msg format policy field fields input file files filename path dir location ref refs store manager
  provider service class method function hash hashed digest checksum sha md5 salt algorithm alg version status
  state title text description help hint usage column table schema kind mode scope scopes index offset position
  start end env var variable param parameter arg option options config enabled required visible strength reset
  change confirm confirmation prompt callback handler validator generator factory builder cache request response
  info data_type lifetime rotation arn selector icon color template link page screen view form button test tests
  list map set array dict tree node stream buffer parser reader writer separator delimiter fingerprint
  thumbprint alias domain realm issuer audience created updated changed used expires_in at date time period
  regexes words code_points encoding charset bits bytes tag tags rule rules locale lang mgr oid address
  component advice module plugin package encoder matcher checker attribute attr widget dialog modal tooltip flow
  requirement complexity hasher history converter filter mtime helper tip tips caption subject here
`);
/** A word anywhere that says the value is none of ours. */
const OTHER = wordSet(`
  public pub csrf xsrf hash hashed encrypted digest checksum integrity sha1 sha256 sha512 md5 commit next page
  continuation cursor pagination cancellation cancel primary_key foreign partition sort hot keyboard tokenizer
  tokenize tokens_per vocab max min num sync resume fingerprint idempotency dedupe cache lock translation i18n
  author bypass compass passenger passive passed passing passes passage passport bos eos unk nonce uuid guid
  label lbl show forgot authenticity crypted argon placeholder allowed supported verify verification verifying
`);

/** Words before a last `key` that make it a name to look something up by, or public; another word says whose key it is: `weather_key`. */
const LOOKUP = wordSet(`
  document doc sys row column col sort partition shard range object obj file image img blob asset folder dir path
  bucket item record entity entry node group list map set dict hash index idx lookup search query filter event message
  msg topic queue routing route binding tracking site recaptcha publishable pub label feature flag issue ticket story
  board dedup unique natural surrogate composite compound join parent child left right down arrow shift ctrl control
  alt meta enter escape esc tab short shortcut sub registry reg pref preference setting property prop attr attribute
  form state redux action data chart color theme style css build release version artifact dist package pkg module
  component layout layer view page grid cell commit branch etag host ssh rsa dsa ecdsa gpg pgp ids for from with and
  the this that other any each first last next prev previous current new old same whole main default database table
  field input test key keys value val name prefix suffix metadata guid context param arg var env variable const json
  yaml xml dom react element menu nav tree trie sound music note piano door car house product sku order invoice
  customer locale lang language country region zone time date day month year week hour period window translation text
  title string error log trace span metric counter gauge tag category type kind class method func function callback
  handler hook plugin ext extension resource res namespace scope realm domain tenant
`);

/** In a call the function's own name must say that it sets something: `setPassword("x")`, not `hash_password("x")`. */
const SETTER = /^(?:set|with|add|put|use(?!r)|create|login|connect|auth|authenticate)/i;

/** A builder's method has the name of what it sets: `.password("x")`. */
const BUILDER =
  /\.(?:password|apiKey|accessToken|authToken|clientSecret|secretKey|accountKey|apiSecret)$|(?:Key|Secret|Token)Credentials?$/;

/** Judges the name a value is assigned to; undefined when it says nothing about a secret. */
export function nameKind(name: string, sign: string): NameKind | undefined {
  const parts = words(name.replace(/(\d)/g, " $1").replace(/^(?:x|X)-/, ""));
  if (parts.length === 0 || parts.length > 10) return undefined;
  // A header that keeps requests of Postman from being cached.
  if (/^postman[-_]?token$/i.test(name)) return undefined;
  if (sign === "(" && !SETTER.test(name.slice(name.lastIndexOf(".") + 1)) && !BUILDER.test(name)) return undefined;
  const kind = kindOf(parts);
  // What follows the telling word may say which one (`password_prod`), but not make another thing of it (`pwdExpireWarning`).
  return kind && (parts.length <= 2 || kindOf(parts.slice(-2)) || /secretkeybase$/.test(parts.join("")))
    ? kind
    : undefined;
}

function kindOf(parts: readonly string[]): NameKind | undefined {
  const last = parts[parts.length - 1]!;
  if (ABOUT.has(last) && !(parts.length === 1 && PASSWORD.has(last))) return undefined;
  if (parts.some((part) => OTHER.has(part))) return undefined;
  const joined = parts.join("");
  if (parts.some((part) => PASSWORD.has(part)) || /(?:password|passwd|passphrase)$/.test(joined))
    // An encoded key is a key, an encoded password mostly a hash.
    return parts.includes("encoded") ? undefined : "password";
  if (
    parts.some((part) => TOKEN.has(part)) ||
    TOKEN.has(joined) ||
    /(?:secret|apikey|token|secretkey|accesskey)$/.test(joined)
  )
    return "token";
  if ((last === "key" || last === "keys" || last === "auth") && parts.slice(0, -1).some((part) => KEYED.has(part)))
    return "key";
  return (last === "key" || last === "keys") && isSomeones(parts.slice(0, -1)) ? "key" : undefined;
}

/** Words that are no places to look something up say whose key it is. */
const isSomeones = (parts: readonly string[]): boolean =>
  parts.length > 0 && parts.length <= 3 && parts.every((part) => part.length >= 3 && !LOOKUP.has(part));
