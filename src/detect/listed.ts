/** `tokens: ["`, `API_KEYS = [`, `var keys = []string{`, `TOKENS = (`, with up to three values in front. */
const ARRAY =
  /([\w$.-]{1,80})["']?[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}(?:(?:new[ \t])?(?:\[\][A-Za-z]{1,10}|[A-Za-z]{1,10}\[\])[ \t]{0,2}\{|[[(]|(?<=\[\][ \t]{1,4}[\w$.-]{1,80}[ \t]{0,4}=[ \t]{0,4})\{)\s{0,40}(?:(["'])[^"'\n]{4,120}\2,\s{0,40}){0,3}$/;
/** What stands before a value of such a list at least; of most values that is told from a few bytes. */
const OPENED = /[:=>][ \t]{0,4}(?:[[(]|(?:new[ \t])?[A-Za-z[\]]{0,12}[ \t]{0,4}\{)$|["'],$/;
const LONGEST_OPENING = 32;
/** `["--token", `: the value is the flag's, and not the list's. */
const FLAG = /["']--?[A-Za-z][\w-]{0,60}["'],\s{0,40}$/;
/** `tokens:`, and below it `- `. */
const YAML_LIST = /(?:^|\n)[ \t]*["']?([\w.-]{1,80})["']?:[ \t]*\r?\n(?:[ \t]*-[^\n]{0,120}\n){0,3}[ \t]*-$/;
/** `- --token`, and below it `- `. */
const ARGUMENTS = /(?:^|\n)[ \t]*-[ \t]+["']?--?([A-Za-z][\w-]{1,60})["']?[ \t]*\r?\n[ \t]*-$/;

/** The text before a value of a list, as if the value alone were assigned to the list's name. */
export function listed(before: string): string {
  const last = before[before.length - 1] ?? "";
  if (last === "-") {
    const flag = ARGUMENTS.exec(before)?.[1];
    if (flag) return `${flag}=`;
    return assigned(YAML_LIST.exec(before)?.[1], before);
  }
  if (!last || !"[({,".includes(last) || !OPENED.test(before.slice(-LONGEST_OPENING)) || FLAG.test(before))
    return before;
  return assigned(ARRAY.exec(before)?.[1], before);
}

/** Lists have names in the plural: `tokens`, `apiKeys`. */
function assigned(name: string | undefined, before: string): string {
  if (!name || /\.[a-z]{1,4}$/.test(name)) return before;
  if (!before.endsWith("(") && !/s$|list$/i.test(name)) return before;
  return `${name.replace(/s$|_?list$/i, "")}=`;
}
