var o=Object.defineProperty;var c=Object.getOwnPropertyDescriptor;var h=Object.getOwnPropertyNames;var u=Object.prototype.hasOwnProperty;var f=(n,e)=>{for(var a in e)o(n,a,{get:e[a],enumerable:!0})},k=(n,e,a,t)=>{if(e&&typeof e=="object"||typeof e=="function")for(let r of h(e))!u.call(n,r)&&r!==a&&o(n,r,{get:()=>e[r],enumerable:!(t=c(e,r))||t.enumerable});return n};var w=n=>k(o({},"__esModule",{value:!0}),n);var b={};f(b,{build:()=>l});module.exports=w(b);var i=require("./chunk-chunk-IHO6XRJR.js"),s=require("./pack-judge.js").c89,m=require("./pack-start.js").c16,j=require("./pack-start.js").c36,E=require("./pack-start.js").c37,v=require("./pack-start.js").c59;function l(){return new i.Command("leakreach rules").description("Lists every built-in rule: id, name, and what its tokens reach when nothing more is known.").addOption(new i.Option("--format <format>","of standard output").choices(["text","json"]).default("text")).addHelpText("after",`
Examples:
  leakreach rules | grep -i slack
  leakreach rules --format json`).action(n=>{const e=[...(0,s.builtinRules)().values()];(0,m.print)(n.format==="json"?`${JSON.stringify(e.map(x),null,2)}
`:$(e))})}function x({id:n,provider:e,name:a,impact:t,reach:r,revoke:p,references:d}){return{id:n,provider:e,name:a,impact:t,reach:r,revoke:p,references:d}}function $(n){const e=Math.max(...n.map(t=>t.id.length));return`${n.map(t=>`${t.id.padEnd(e)}  P${t.reach.power} ${(t.reach.breadth??"service").padEnd(7)}  ${t.name}`).join(`
`)}
${n.length} rules; leakreach explain RULE says more
`}0&&(module.exports={build});
