var p=Object.defineProperty;var j=Object.getOwnPropertyDescriptor;var M=Object.getOwnPropertyNames;var P=Object.prototype.hasOwnProperty;var x=(e,t)=>{for(var n in t)p(e,n,{get:t[n],enumerable:!0})},R=(e,t,n,a)=>{if(t&&typeof t=="object"||typeof t=="function")for(let r of M(t))!P.call(e,r)&&r!==n&&p(e,r,{get:()=>t[r],enumerable:!(a=j(t,r))||a.enumerable});return e};var W=e=>R(p({},"__esModule",{value:!0}),e);var L={};x(L,{build:()=>b});module.exports=W(L);var c=require("./chunk-chunk-IHO6XRJR.js"),l=require("./pack-start.js").c61,O=require("./pack-start.js").c16,Y=require("./pack-start.js").c59,m="Completes leakreach. Made by leakreach completion";function D(e){const t=e.flatMap(({name:a,flags:r})=>r.flatMap(o=>o.value?`    "${a} ${o.name}") ${u(o.value.taken)} ;;`:[])),n=e.map(({name:a,flags:r,taken:o})=>`    ${a}) if [[ $cur == -* ]]; then words="${S(r)} --help"; else ${u(o)}; fi ;;`);return`# ${m} bash.
_leakreach() {
  local cur=\${COMP_WORDS[COMP_CWORD]} flag=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=""
  COMPREPLY=()
  # To bash, the sign between a flag and its value is a word.
  if [[ $cur == = ]]; then cur=""; elif [[ $flag == = ]]; then flag=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${e.map(({name:a})=>a).join(" ")} help --help --version" -- "$cur"))
    return
  fi
  case "$command $flag" in
${t.join(`
`)}
    *) case $command in
${n.map(a=>`  ${a}`).join(`
`)}
      help) words="${e.map(({name:a})=>a).join(" ")}" ;;
      esac ;;
  esac
  # Without an answer bash completes names of files.
  if [[ $words == - ]]; then compopt +o default 2>/dev/null; return; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _leakreach leakreach
`}var u=e=>e.kind==="words"?`words="${e.words.join(" ")}"`:e.kind==="file"?"return":"words=-",S=e=>e.map(({name:t})=>t).join(" ");function y(e){const t=e.map(({name:a,flags:r,taken:o,operands:s})=>{const i=[...r.map(T),"--help[what this command does]",...s===""?[]:[`*:${f(s.replace(/[[\]<>.]/g,""))}:${$(o)}`]];return`    ${a}) _arguments ${i.map(d).join(" ")} ;;`}),n=e.map(({name:a,summary:r})=>`      ${d(`${a}:${r.replaceAll(":","\\:")}`)}`);return`#compdef leakreach
# ${m} zsh.
_leakreach() {
  local curcontext=$curcontext state line
  _arguments -C '--help[what it does]' '--version[which one it is]' '1:command:->command' '*::argument:->argument'
  case $state in
  command)
    local -a commands=(
${n.join(`
`)}
    )
    _describe command commands ;;
  argument) case $line[1] in
${t.join(`
`)}
    help) _arguments '1:command:(${e.map(({name:a})=>a).join(" ")})' ;;
    esac ;;
  esac
}
if [[ $funcstack[1] == _leakreach ]]; then _leakreach "$@"; else compdef _leakreach leakreach; fi
`}function T({name:e,help:t,value:n}){const a=`*${e}${n?"=":""}[${f(t)}]`;return n?`${a}:${f(n.name)}:${$(n.taken)}`:a}var f=e=>e.replace(/[[\]:\\]/g,"\\$&"),$=e=>e.kind==="words"?`(${e.words.join(" ")})`:e.kind==="file"?"_files":"",d=e=>`'${e.replaceAll("'","'\\''")}'`;function A(e){const t=e.flatMap(({name:n,summary:a,flags:r,taken:o})=>{const s=`complete -c leakreach -n '__fish_seen_subcommand_from ${n}'`;return[`complete -c leakreach -n __fish_use_subcommand -a ${n} -d ${_(a)}`,...o.kind==="text"?[]:[`${s} ${k(o)}`],...r.map(({name:i,help:C,value:h})=>{const v=h?` ${h.taken.kind==="file"?"-r":"-x"} ${k(h.taken)}`.trimEnd():"";return`${s} -l ${i.slice(2)}${v} -d ${_(C)}`})]});return`# ${m} fish.
complete -c leakreach -f
complete -c leakreach -n __fish_use_subcommand -l version -d 'which one it is'
complete -c leakreach -l help -d 'what it does'
complete -c leakreach -n '__fish_seen_subcommand_from help' -a '${e.map(({name:n})=>n).join(" ")}'
${t.join(`
`)}
`}var k=e=>e.kind==="words"?`-a '${e.words.join(" ")}'`:e.kind==="file"?"-F":"",_=e=>`'${e.replace(/[\\']/g,"\\$&")}'`;function E(){return Promise.all(Object.entries(l.COMMANDS).map(async([e,{summary:t,load:n}])=>{const a=await n(),r="spec"in a?a.spec.operands?.words:void 0;return z(e,t,await(0,l.commanderOf)(a),r)}))}function z(e,t,n,a){const[r]=n.registeredArguments,o=[];n.configureOutput({writeOut:i=>o.push(i),getOutHelpWidth:()=>80});const s=n.helpInformation().length;return n.outputHelp(),{name:e,summary:t,description:n.description(),operands:n.usage().replace(/^\[options\] ?/,"").trim(),taken:g(r?.name()??"",a??r?.argChoices),flags:n.options.filter(({hidden:i})=>!i).map(F),after:o.join("").slice(s).trim()}}function F({long:e,flags:t,description:n,argChoices:a,negate:r,...o}){const s=/<(.*)>/.exec(t)?.[1],i=o.defaultValueDescription??(r?void 0:o.defaultValue);return{name:e,help:n,...s!==void 0&&{value:{name:s,taken:g(s,a)}},...(typeof i=="string"||typeof i=="number")&&{default:String(i)}}}var H=/^(?:file|path|repository|\[format=\]file)$/,g=(e,t)=>t?{kind:"words",words:t}:{kind:H.test(e)?"file":"text"},w={bash:D,zsh:y,fish:A};function b(){return new c.Command("leakreach completion").description("Prints the script that makes a shell complete commands, flags and their values.").addArgument(new c.Argument("<shell>","whose script").choices(Object.keys(w))).addHelpText("after",`
Examples:
  leakreach completion bash > ~/.local/share/bash-completion/completions/leakreach
  leakreach completion zsh > "\${fpath[1]}/_leakreach"
  leakreach completion fish > ~/.config/fish/completions/leakreach.fish
  source <(leakreach completion bash)           in this shell only`).action(async e=>(0,O.print)(w[e](await E())))}0&&(module.exports={build});
