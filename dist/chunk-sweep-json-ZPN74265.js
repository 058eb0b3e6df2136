var f=Object.defineProperty;var w=Object.getOwnPropertyDescriptor;var E=Object.getOwnPropertyNames;var $=Object.prototype.hasOwnProperty;var C=(e,o)=>{for(var t in o)f(e,t,{get:o[t],enumerable:!0})},P=(e,o,t,n)=>{if(o&&typeof o=="object"||typeof o=="function")for(let r of E(o))!$.call(e,r)&&r!==t&&f(e,r,{get:()=>o[r],enumerable:!(n=w(o,r))||n.enumerable});return e};var S=e=>P(f({},"__esModule",{value:!0}),e);var W={};C(W,{sweepJsonLines:()=>J,sweepJsonPieces:()=>g});module.exports=S(W);var h=require("./chunk-chunk-P5KGM46T.js"),p=require("./pack-start.js").c8,y=require("./pack-start.js").c12,k=require("./pack-start.js").c59;function*g({version:e,now:o,repositories:t,gaps:n,leftOut:r,triage:c}){const l=new Set;let m=n.length===0;for(const{report:s}of t()){m&&=s.stats.complete;for(const{fingerprint:a}of s.findings)c.has(a)&&l.add(a)}const u={schema:h.SWEEP_SCHEMA,tool:{name:"leakreach",version:e},now:o,complete:m,gaps:n,leftOut:r,triage:[...l].sort(y.compare).map(s=>c.get(s))};yield`${(0,p.safeJson)(u,2).slice(0,-2)},
  "repositories": [`;let i=`
    `;for(const s of t())yield i+d(s),i=`,
    `;yield`${i.startsWith(",")?`
  `:""}]
}
`}function*J({repositories:e}){for(const o of e())yield`${d(o)}
`}var d=({repository:e,finishedAt:o,firstSeen:t,report:n})=>(0,p.safeJson)({repository:e,finishedAt:o,...t&&{firstSeen:t},report:n});0&&(module.exports={sweepJsonLines,sweepJsonPieces});
