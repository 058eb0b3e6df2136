/**
 * Text for people without what a CI runner would obey: workflow commands (`::stop-commands::`, `##[add-mask]`), which the
 * name of a scanned file may spell.
 */
export function unobeyed(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, "$1\\x3a").replaceAll("##[", "#\\x23[");
}
