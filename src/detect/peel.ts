/** Functions that only change how their argument is kept: `[]byte("x")`, `aws.String("x")`, `SecretStr("x")`, `base64.b64decode("x")`. */
const KEEPS =
  /(?:\bnew[ \t]{1,4})?(?:\[\])?(?:[\w$]{1,40}(?:\.|::|->)){0,4}(?:bytes?|str|[Ss]tring|Cow|Box|Some|Just|SecretStr|SecretString|SecureString|Secret|String(?:Ptr|Value)|Ptr|ptr|to_string|to_owned|from|of|valueOf|fromString|decode|b64decode|base64_decode|Decode(?:String)?|FromBase64String|decodeBase64|getDecoder\(\)\.decode|GetBytes|fromhex|unhexlify|hex2bin|atob|toBase64|useState|ref|signal|sensitive|NewSecretString|Field)\($/;
/** What stands in when nothing is set: `env.SECRET || "x"`, `getenv("SECRET") or "x"`, and the block of Ruby's `ENV.fetch`. */
const ELSE = /(?:\|\||\?\?|\?:|\bor)$|(?<=fetch[( ]{1,2}["'][\w.-]{1,80}["']\)[ \t]{0,4})\{$/;
/** `<entry key="password">`, `<string name="api_key">`, `<property name="password"><value>`. */
const ELEMENT = /<\w[^<>]{0,120}?\b(?:name|key)=["']([\w.-]{1,80})["'][^<>]{0,60}>(?:\s{0,40}<value>)?$/;
/** `<key>password</key><string>`: property lists (plist(5)). */
const PLIST = /<key>([\w.-]{1,80})<\/key>\s{0,40}<string>$/;
/** `${PASSWORD:-x}`, `${db.password:x}`: parameter expansion (POSIX.1, 2.6.2) and placeholders of Spring. */
const EXPANSION = /\$\{([\w.-]{1,80}):[-=]?$/;

/** The text before a value without what stands between the value and the sign that assigns it; ends with a sign wherever one was found. */
export function peeled(before: string): string {
  const last = before.at(-1);
  const named = last === ">" ? (ELEMENT.exec(before) ?? PLIST.exec(before)) : EXPANSION.exec(before);
  if (named) return `${named[1]}=`;
  const otherwise = ELSE.exec(before);
  if (otherwise) return `${before.slice(0, otherwise.index).trimEnd()}=`;
  const kept = last === "(" ? KEEPS.exec(before) : null;
  const outside = kept ? before.slice(0, kept.index).trimEnd() : "";
  return /[=:,]$/.test(outside) ? outside : before;
}
