var g=Object.defineProperty;var u=Object.getOwnPropertyDescriptor;var k=Object.getOwnPropertyNames;var v=Object.prototype.hasOwnProperty;var O=(e,o)=>{for(var r in o)g(e,r,{get:o[r],enumerable:!0})},L=(e,o,r,s)=>{if(o&&typeof o=="object"||typeof o=="function")for(let t of k(o))!v.call(e,t)&&t!==r&&g(e,t,{get:()=>o[t],enumerable:!(s=u(o,t))||s.enumerable});return e};var T=e=>L(g({},"__esModule",{value:!0}),e);var S={};O(S,{markdownPieces:()=>y});module.exports=T(S);var h=require("./chunk-chunk-IKZKP5RT.js"),i=require("./chunk-chunk-U3KWD5SZ.js"),w=require("./chunk-chunk-74M2ZFTE.js"),E=require("./chunk-chunk-LWNX6ZQO.js"),M=require("./pack-start.js").c10,a=require("./pack-start.js").c9,$=require("./pack-start.js").c11,W=require("./pack-start.js").c4,C=require("./pack-start.js").c54,x=6e4,b=160;function*y(e,{minLevel:o,rules:r,version:s}){const t=(0,w.credentialsOf)(e,o).filter(({status:n})=>n==="open"),{kind:p}=(0,i.namesOf)(r);yield`**${(0,i.amount)(t.length,"leaked secret")} in ${(0,i.amount)(e.length,"repository")}**, the worst first.

`,t.length>0&&(yield`| level | score | what | where | since | owner | do first |
| --- | ---: | --- | --- | --- | --- | --- |
`);let l=0,c=0;for(const n of t){const m=N(n,p);if(l+m.length>x)break;l+=m.length,c++,yield m}c<t.length&&(yield`
${(0,$.grouped)(t.length-c)} more are left out here: an issue holds no more. The HTML and JSON reports have them.
`);const f=e.reduce((n,{report:m})=>n+m.gaps.length,0),d=e.filter(({report:n})=>!n.stats.complete).length;d>0&&(yield`
**Not everything was read:** ${(0,i.amount)(d,"scan")} incomplete, ${(0,i.amount)(f,"gap")}.
`),yield`
Written by leakreach ${s}. Whether a token still works was asked of nobody.
`}function N(e,o){const{worst:r,exposures:s,repositories:t,owners:p}=e,[l]=s,c=s.length>1?` and ${(0,i.amount)(s.length-1,"more place")}`:"",f=t.length>1?` in ${(0,i.amount)(t.length,"repository")}`:"";return`| ${[r.level,r.score.toFixed(1),o(r.rule),l?`${(0,a.cut)(l.repository.name,60)}: ${(0,a.cut)((0,h.placeText)(l.place),80)}${c}${f}`:"",(0,h.sinceLine)(e),p.join(", "),r.remedies[0]?.action??""].map(n=>(0,a.markdown)((0,a.cut)(n,b))).join(" | ")} |
`}0&&(module.exports={markdownPieces});
