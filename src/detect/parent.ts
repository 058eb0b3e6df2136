/** `"Jwt": { "`, `'crypt' => [ '`, `DBPassword = {`: what holds the name, on its own line or the one before. */
const BRACED = /["']?([A-Za-z][\w.-]{1,60})["']?[ \t]{0,4}(?::|=>|=)[ \t]{0,4}[{[(]\s{0,40}["']?$/;
/** A mapping of YAML, with a few lines that say what it is: `Type: String`, `NoEcho: true`. */
const INDENTED =
  /(?:^|\n)[ \t]*["']?([A-Za-z][\w.-]{1,60})["']?:[ \t]*\r?\n(?:[ \t]+(?:[Tt]ype|NoEcho|[Dd]escription|sensitive):[^\n]{0,80}\n){0,4}[ \t]+["']?$/;

/** The name of what holds a name such as `key`, `value` or `default`, from the text before that. */
export const parentOf = (before: string): string | undefined => (BRACED.exec(before) ?? INDENTED.exec(before))?.[1];
