/** Functions that only change how their argument is kept: `[]byte("x")`, `aws.String("x")`, `SecretStr("x")`, `base64.b64decode("x")`. */
const KEEPERS =
  /(?:bytes?|str|[Ss]tring|Cow|Box|Some|Just|SecretStr|SecretString|SecureString|Secret|String(?:Ptr|Value)|Ptr|ptr|to_string|to_owned|from|of|valueOf|fromString|decode|b64decode|base64_decode|Decode(?:String)?|FromBase64String|decodeBase64|getDecoder\(\)\.decode|GetBytes|fromhex|unhexlify|hex2bin|atob|toBase64|useState|ref|signal|sensitive|NewSecretString|Field)\($/;
const KEEPS = new RegExp(`(?:\\bnew[ \\t]{1,4})?(?:\\[\\])?(?:[\\w$]{1,40}(?:\\.|::|->)){0,4}${KEEPERS.source}`);
/** Bytes of the longest of their names, with the bracket: of a longer text no more is looked at to tell that there is none. */
const LONGEST_KEEPER = 20;
/** What stands in when nothing is set: `env.SECRET || "x"`, `getenv("SECRET") or "x"`, and the block of Ruby's `ENV.fetch`. */
const ELSE = /(?:\|\||\?\?|\?:|\bor)$|(?<=fetch[( ]{1,2}["'][\w.-]{1,80}["']\)[ \t]{0,4})\{$/;
/** `<entry key="password">`, `<string name="api_key">`, `<property name="password"><value>`. */
const ELEMENT = /<\w[^<>]{0,120}?\b(?:name|key)=["']([\w.-]{1,80})["'][^<>]{0,60}>(?:\s{0,40}<value>)?$/;
/** `<key>password</key><string>`: property lists (plist(5)). */
const PLIST = /<key>([\w.-]{1,80})<\/key>\s{0,40}<string>$/;
/** `${PASSWORD:-x}`, `${db.password:x}`: parameter expansion (POSIX.1, 2.6.2) and placeholders of Spring. */
const EXPANSION = /\$\{([\w.-]{1,80}):[-=]?$/;
const EXPANDS = /:[-=]?$/;

/** `<password><![CDATA[`, which says no more than the element (XML 1.0, 2.7). */
const CDATA = /<!\[CDATA\[$/;
/** `<AdministratorPassword><Value>` of Windows answer files, and elements with attributes: `<Pass encoding="base64">`. */
const INSIDE = /<([A-Za-z]\w{1,60})(?:>\s{0,40}<[Vv]alue|(?:[ \t]{1,4}(?!name=|key=)\w{1,20}="[^"<>]{0,40}"){1,3})>$/;
/** `token: |`, `password: >-`: the value is the block below (YAML 1.2.2, 8.1). */
const BLOCK = /(:[ \t]{0,4})[|>][+-]?$/;
/** `buildConfigField "String", "API_KEY", "\"` of Gradle for Android. */
const BUILD_FIELD =
  /(?:buildConfigField|resValue)[( ][ \t]{0,4}["']\w{1,20}["'],[ \t]{0,4}["']([\w.-]{1,80})["'],[ \t]{0,4}["']?$/;

/** What the last three may end with: the others are not tried. */
const MARKS = /[[|>+-]$/;
const BUILD_END = /[,"'][ \t]{0,4}$/;

/** The text before a value without what stands between the value and the sign that assigns it; ends with a sign wherever one was found. */
export function peeled(text: string): string {
  const before = MARKS.test(text) ? text.replace(CDATA, "").replace(BLOCK, "$1") : text;
  const last = before.at(-1);
  const named =
    last === ">"
      ? (ELEMENT.exec(before) ?? PLIST.exec(before) ?? INSIDE.exec(before))
      : ((EXPANDS.test(before) ? EXPANSION.exec(before) : null) ??
        (BUILD_END.test(before) ? BUILD_FIELD.exec(before) : null));
  if (named) return `${named[1]}=`;
  const otherwise = ELSE.exec(before);
  if (otherwise) return `${before.slice(0, otherwise.index).trimEnd()}=`;
  const kept = last === "(" && KEEPERS.test(before.slice(-LONGEST_KEEPER)) ? KEEPS.exec(before) : null;
  const outside = kept ? before.slice(0, kept.index).trimEnd() : "";
  return /[=:,(]$/.test(outside) ? outside : before;
}
