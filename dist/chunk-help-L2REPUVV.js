var s=Object.defineProperty;var d=Object.getOwnPropertyDescriptor;var p=Object.getOwnPropertyNames;var u=Object.prototype.hasOwnProperty;var f=(e,o)=>{for(var t in o)s(e,t,{get:o[t],enumerable:!0})},h=(e,o,t,r)=>{if(o&&typeof o=="object"||typeof o=="function")for(let n of p(o))!u.call(e,n)&&n!==t&&s(e,n,{get:()=>o[n],enumerable:!(r=d(o,n))||r.enumerable});return e};var m=e=>h(s({},"__esModule",{value:!0}),e);var g={};f(g,{help:()=>l});module.exports=m(g);var i=require("./chunk-chunk-XILLJJKG.js"),c=require("./chunk-chunk-R6YIZ6WH.js"),a=require("./chunk-chunk-F5D5RRSD.js"),w=require("./chunk-chunk-M5HR2GET.js"),k=`
Examples:
  leakreach scan .                          this repository's files, as text
  leakreach scan . --output leaks.sarif     the same, and SARIF for GitHub beside it
  leakreach scan build.log --fail-on high   one log file
  kubectl logs job/x | leakreach scan -     standard input
  leakreach decode < token.txt              one token, every factor of its score

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or settings, 3 something could not be read, 70 a bug of ours, 130 interrupted.
Scanning opens no socket. No secret is printed unless --show-secrets is given.`;async function l(e){const o=new c.Command("leakreach").description("Finds leaked tokens in repositories, git history and logs, and says how far each one reaches.").version(i.VERSION).showSuggestionAfterError(!0).addHelpText("after",k);for(const[r,{summary:n}]of Object.entries(a.COMMANDS))o.command(r).description(n).allowUnknownOption().helpOption(!1);o.exitOverride();const t=e[0]==="help"&&e[1]!==void 0&&Object.hasOwn(a.COMMANDS,e[1])?a.COMMANDS[e[1]]:void 0;return t?((await t.load()).build().outputHelp(),0):e.length===0?(o.outputHelp(),2):(await o.parseAsync([...e],{from:"user"}),0)}0&&(module.exports={help});
