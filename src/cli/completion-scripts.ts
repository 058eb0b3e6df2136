import type { CommandOutline, FlagOutline, Taken } from "./outline.ts";

const HEAD = "Completes leakreach. Made by leakreach completion";

/** A script for bash 3.2 and later, which needs no other package. */
export function bash(commands: readonly CommandOutline[]): string {
  const values = commands.flatMap(({ name, flags }) =>
    flags.flatMap((flag) => (flag.value ? `    "${name} ${flag.name}") ${bashTaken(flag.value.taken)} ;;` : [])),
  );
  const rest = commands.map(
    ({ name, flags, taken }) =>
      `    ${name}) if [[ $cur == -* ]]; then words="${names(flags)} --help"; else ${bashTaken(taken)}; fi ;;`,
  );
  return `# ${HEAD} bash.
_leakreach() {
  local cur=\${COMP_WORDS[COMP_CWORD]} flag=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=""
  COMPREPLY=()
  # To bash, the sign between a flag and its value is a word.
  if [[ $cur == = ]]; then cur=""; elif [[ $flag == = ]]; then flag=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} help --help --version" -- "$cur"))
    return
  fi
  case "$command $flag" in
${values.join("\n")}
    *) case $command in
${rest.map((line) => `  ${line}`).join("\n")}
      help) words="${commands.map(({ name }) => name).join(" ")}" ;;
      esac ;;
  esac
  # Without an answer bash completes names of files.
  if [[ $words == - ]]; then compopt +o default 2>/dev/null; return; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _leakreach leakreach
`;
}

const bashTaken = (taken: Taken): string =>
  taken.kind === "words" ? `words="${taken.words.join(" ")}"` : taken.kind === "file" ? "return" : "words=-";

const names = (flags: readonly FlagOutline[]): string => flags.map(({ name }) => name).join(" ");

/** A script for zsh, as a file \`_leakreach\` in its \`fpath\` or to be sourced. */
export function zsh(commands: readonly CommandOutline[]): string {
  const cases = commands.map(({ name, flags, taken, operands }) => {
    const specs = [
      ...flags.map(zshFlag),
      "--help[what this command does]",
      ...(operands === "" ? [] : [`*:${zshText(operands.replace(/[[\]<>.]/g, ""))}:${zshTaken(taken)}`]),
    ];
    return `    ${name}) _arguments ${specs.map(quoted).join(" ")} ;;`;
  });
  const described = commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`);
  return `#compdef leakreach
# ${HEAD} zsh.
_leakreach() {
  local curcontext=$curcontext state line
  _arguments -C '--help[what it does]' '--version[which one it is]' '1:command:->command' '*::argument:->argument'
  case $state in
  command)
    local -a commands=(
${described.join("\n")}
    )
    _describe command commands ;;
  argument) case $line[1] in
${cases.join("\n")}
    help) _arguments '1:command:(${commands.map(({ name }) => name).join(" ")})' ;;
    esac ;;
  esac
}
if [[ $funcstack[1] == _leakreach ]]; then _leakreach "$@"; else compdef _leakreach leakreach; fi
`;
}

/** Any flag may be repeated: which ones gain by it is not of use here. */
function zshFlag({ name, help, value }: FlagOutline): string {
  const text = `*${name}${value ? "=" : ""}[${zshText(help)}]`;
  return value ? `${text}:${zshText(value.name)}:${zshTaken(value.taken)}` : text;
}

const zshText = (text: string): string => text.replace(/[[\]:\\]/g, "\\$&");

const zshTaken = (taken: Taken): string =>
  taken.kind === "words" ? `(${taken.words.join(" ")})` : taken.kind === "file" ? "_files" : "";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A script for fish 3 and later. */
export function fish(commands: readonly CommandOutline[]): string {
  const lines = commands.flatMap(({ name, summary, flags, taken }) => {
    const of = `complete -c leakreach -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c leakreach -n __fish_use_subcommand -a ${name} -d ${fishText(summary)}`,
      ...(taken.kind === "text" ? [] : [`${of} ${fishTaken(taken)}`]),
      ...flags.map(({ name: flag, help, value }) => {
        const takes = value ? ` ${value.taken.kind === "file" ? "-r" : "-x"} ${fishTaken(value.taken)}`.trimEnd() : "";
        return `${of} -l ${flag.slice(2)}${takes} -d ${fishText(help)}`;
      }),
    ];
  });
  return `# ${HEAD} fish.
complete -c leakreach -f
complete -c leakreach -n __fish_use_subcommand -l version -d 'which one it is'
complete -c leakreach -l help -d 'what it does'
complete -c leakreach -n '__fish_seen_subcommand_from help' -a '${commands.map(({ name }) => name).join(" ")}'
${lines.join("\n")}
`;
}

const fishTaken = (taken: Taken): string =>
  taken.kind === "words" ? `-a '${taken.words.join(" ")}'` : taken.kind === "file" ? "-F" : "";

const fishText = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;
