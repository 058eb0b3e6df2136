var g=Object.defineProperty;var k=Object.getOwnPropertyDescriptor;var v=Object.getOwnPropertyNames;var O=Object.prototype.hasOwnProperty;var T=(e,t)=>{for(var r in t)g(e,r,{get:t[r],enumerable:!0})},x=(e,t,r,i)=>{if(t&&typeof t=="object"||typeof t=="function")for(let o of v(t))!O.call(e,o)&&o!==r&&g(e,o,{get:()=>t[o],enumerable:!(i=k(t,o))||i.enumerable});return e};var L=e=>x(g({},"__esModule",{value:!0}),e);var j={};T(j,{markdownPieces:()=>y});module.exports=L(j);var p=require("./chunk-chunk-VPJBIAUS.js"),w=require("./chunk-chunk-BR7BHXPE.js"),s=require("./chunk-chunk-YB2NVPMY.js"),$=require("./chunk-chunk-XNFD7UNN.js"),M=require("./chunk-chunk-NHGGWIM2.js"),W=require("./pack-start.js").c7,C=require("./pack-start.js").c11,m=require("./pack-start.js").c8,F=require("./pack-start.js").c9,G=require("./pack-start.js").c12,H=require("./pack-start.js").c4,u=require("./pack-start.js").c10,J=require("./pack-start.js").c13,P=require("./pack-start.js").c14,_=require("./pack-start.js").c59,b=6e4,N=160;function*y(e,{minLevel:t,rules:r,version:i}){const o=(0,$.credentialsOf)(e,t).filter(({status:n})=>n==="open"),{kind:h}=(0,s.namesOf)(r);yield`**${(0,s.amount)(o.length,"leaked secret")} in ${(0,s.amount)(e.length,"repository")}**, the worst first.

`,o.length>0&&(yield`| level | score | what | where | since | owner | do first |
| --- | ---: | --- | --- | --- | --- | --- |
`);let l=0,a=0;for(const n of o){const c=S(n,h);if(l+c.length>b)break;l+=c.length,a++,yield c}a<o.length&&(yield`
${(0,u.grouped)(o.length-a)} more are left out here: an issue holds no more. The HTML and JSON reports have them.
`);const f=e.reduce((n,{report:c})=>n+c.gaps.length,0),d=e.filter(({report:n})=>!n.stats.complete).length;d>0&&(yield`
**Not everything was read:** ${(0,s.amount)(d,"scan")} incomplete, ${(0,s.amount)(f,"gap")}.
`),yield`
Written by leakreach ${i}. Whether a token still works was asked of nobody.
`}function S(e,t){const{worst:r,exposures:i,repositories:o,owners:h}=e,[l]=i,a=i.length>1?` and ${(0,s.amount)(i.length-1,"more place")}`:"",f=o.length>1?` in ${(0,w.repositoriesText)(o)}`:"";return`| ${[r.level,r.score.toFixed(1),t(r.rule),l?`${(0,m.cut)(l.repository.name,60)}: ${(0,m.cut)((0,p.placeText)(l.place),80)}${a}${f}`:"",(0,p.sinceLine)(e),h.join(", "),r.remedies[0]?.action??""].map(n=>(0,m.markdown)((0,m.cut)(n,N))).join(" | ")} |
`}0&&(module.exports={markdownPieces});
