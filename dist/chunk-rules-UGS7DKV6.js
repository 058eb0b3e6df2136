var i=Object.defineProperty;var c=Object.getOwnPropertyDescriptor;var p=Object.getOwnPropertyNames;var u=Object.prototype.hasOwnProperty;var h=(t,e)=>{for(var a in e)i(t,a,{get:e[a],enumerable:!0})},f=(t,e,a,n)=>{if(e&&typeof e=="object"||typeof e=="function")for(let r of p(e))!u.call(t,r)&&r!==a&&i(t,r,{get:()=>e[r],enumerable:!(n=c(e,r))||n.enumerable});return t};var w=t=>f(i({},"__esModule",{value:!0}),t);var $={};h($,{build:()=>l});module.exports=w($);var o=require("./chunk-chunk-R6YIZ6WH.js"),s=require("./chunk-chunk-M6HA3TJM.js"),g=require("./chunk-chunk-WKEEQYB5.js"),j=require("./chunk-chunk-M5HR2GET.js");function l(){return new o.Command("leakreach rules").description("Lists every built-in rule: id, name, and what its tokens reach when nothing more is known.").addOption(new o.Option("--format <format>","of standard output").choices(["text","json"]).default("text")).addHelpText("after",`
Examples:
  leakreach rules | grep -i slack
  leakreach rules --format json`).action(t=>{const e=[...(0,s.builtinRules)().values()];process.stdout.write(t.format==="json"?`${JSON.stringify(e.map(k),null,2)}
`:x(e))})}function k({id:t,provider:e,name:a,impact:n,reach:r,revoke:d,references:m}){return{id:t,provider:e,name:a,impact:n,reach:r,revoke:d,references:m}}function x(t){const e=Math.max(...t.map(n=>n.id.length));return`${t.map(n=>`${n.id.padEnd(e)}  P${n.reach.power} ${(n.reach.breadth??"service").padEnd(7)}  ${n.name}`).join(`
`)}
${t.length} rules; leakreach explain RULE says more
`}0&&(module.exports={build});
