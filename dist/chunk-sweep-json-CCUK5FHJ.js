var c=Object.defineProperty;var A=Object.getOwnPropertyDescriptor;var E=Object.getOwnPropertyNames;var J=Object.prototype.hasOwnProperty;var $=(o,e)=>{for(var t in e)c(o,t,{get:e[t],enumerable:!0})},C=(o,e,t,n)=>{if(e&&typeof e=="object"||typeof e=="function")for(let r of E(e))!J.call(o,r)&&r!==t&&c(o,r,{get:()=>e[r],enumerable:!(n=A(e,r))||n.enumerable});return o};var P=o=>C(c({},"__esModule",{value:!0}),o);var W={};$(W,{sweepJsonLines:()=>g,sweepJsonPieces:()=>S});module.exports=P(W);var h=require("./chunk-chunk-P5KGM46T.js"),y=require("./pack-start.js").c17,f=require("./pack-start.js").c16,k=require("./pack-start.js").c4,x=require("./pack-start.js").c52;function*S({version:o,now:e,repositories:t,gaps:n,leftOut:r,triage:m}){const l=new Set;let a=n.length===0;for(const{report:i}of t()){a&&=i.stats.complete;for(const{fingerprint:s}of i.findings)m.has(s)&&l.add(s)}const u={schema:h.SWEEP_SCHEMA,tool:{name:"leakreach",version:o},now:e,complete:a,gaps:n,leftOut:r,triage:[...l].sort(y.compare).map(i=>m.get(i))};yield`${(0,f.safeJson)(u,2).slice(0,-2)},
  "repositories": [`;let p=`
    `;for(const{repository:i,finishedAt:s,firstSeen:d,report:w}of t())yield p+(0,f.safeJson)({repository:i,finishedAt:s,...d&&{firstSeen:d},report:w}),p=`,
    `;yield`${p.startsWith(",")?`
  `:""}]
}
`}function*g({repositories:o}){for(const{repository:e,finishedAt:t,firstSeen:n,report:r}of o())yield`${(0,f.safeJson)({repository:e,finishedAt:t,...n&&{firstSeen:n},report:r})}
`}0&&(module.exports={sweepJsonLines,sweepJsonPieces});
