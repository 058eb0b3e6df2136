var i=Object.defineProperty;var h=Object.getOwnPropertyDescriptor;var d=Object.getOwnPropertyNames;var p=Object.prototype.hasOwnProperty;var m=(e,o)=>{for(var a in o)i(e,a,{get:o[a],enumerable:!0})},f=(e,o,a,n)=>{if(o&&typeof o=="object"||typeof o=="function")for(let t of d(o))!p.call(e,t)&&t!==a&&i(e,t,{get:()=>o[t],enumerable:!(n=h(o,t))||n.enumerable});return e};var u=e=>f(i({},"__esModule",{value:!0}),e);var g={};m(g,{help:()=>l});module.exports=u(g);var s=require("./chunk-chunk-IHO6XRJR.js"),c=require("./pack-start.js").c20,r=require("./pack-start.js").c61,b=require("./pack-start.js").c59,k=`
Examples:
  leakreach scan .                          this repository's files, as text
  leakreach scan . --output leaks.sarif     the same, and SARIF for GitHub beside it
  leakreach scan build.log --fail-on high   one log file
  kubectl logs job/x | leakreach scan -     standard input
  leakreach staged                          what the next commit would add (a pre-commit hook)
  leakreach sweep github:acme               all repositories of an organization
  leakreach hook install                    look before each commit in this repository
  leakreach range origin/main..HEAD         what each commit of a branch adds
  leakreach report a.json b.json --output leaks.html
                                            one page of many JSON reports
  leakreach decode < token.txt              one token, every factor of its score

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or settings, 3 something could not be read, 70 a bug of ours, 130 interrupted.
Scanning opens no socket; sweep and logs fetch what they are asked for. No secret is printed unless --show-secrets is given.`;async function l(e){const o=new s.Command("leakreach").description("Finds leaked tokens in repositories, git history and logs, and says how far each one reaches.").version(c.VERSION).showSuggestionAfterError(!0).addHelpText("after",k);for(const[n,{summary:t}]of Object.entries(r.COMMANDS))o.command(n).description(t).allowUnknownOption().helpOption(!1);o.exitOverride();const a=e[0]==="help"&&e[1]!==void 0&&Object.hasOwn(r.COMMANDS,e[1])?r.COMMANDS[e[1]]:void 0;return a?((await(0,r.commanderOf)(await a.load())).outputHelp(),0):e.length===0?(o.outputHelp(),2):(await o.parseAsync([...e],{from:"user"}),0)}0&&(module.exports={help});
