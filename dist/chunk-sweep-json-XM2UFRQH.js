var f=Object.defineProperty;var w=Object.getOwnPropertyDescriptor;var E=Object.getOwnPropertyNames;var $=Object.prototype.hasOwnProperty;var C=(e,o)=>{for(var t in o)f(e,t,{get:o[t],enumerable:!0})},P=(e,o,t,r)=>{if(o&&typeof o=="object"||typeof o=="function")for(let n of E(o))!$.call(e,n)&&n!==t&&f(e,n,{get:()=>o[n],enumerable:!(r=w(o,n))||r.enumerable});return e};var S=e=>P(f({},"__esModule",{value:!0}),e);var W={};C(W,{sweepJsonLines:()=>J,sweepJsonPieces:()=>g});module.exports=S(W);var h=require("./chunk-chunk-P5KGM46T.js"),y=require("./pack-start.js").c17,p=require("./pack-start.js").c16,k=require("./pack-start.js").c4,v=require("./pack-start.js").c54;function*g({version:e,now:o,repositories:t,gaps:r,leftOut:n,triage:c}){const m=new Set;let l=r.length===0;for(const{report:s}of t()){l&&=s.stats.complete;for(const{fingerprint:a}of s.findings)c.has(a)&&m.add(a)}const u={schema:h.SWEEP_SCHEMA,tool:{name:"leakreach",version:e},now:o,complete:l,gaps:r,leftOut:n,triage:[...m].sort(y.compare).map(s=>c.get(s))};yield`${(0,p.safeJson)(u,2).slice(0,-2)},
  "repositories": [`;let i=`
    `;for(const s of t())yield i+d(s),i=`,
    `;yield`${i.startsWith(",")?`
  `:""}]
}
`}function*J({repositories:e}){for(const o of e())yield`${d(o)}
`}var d=({repository:e,finishedAt:o,firstSeen:t,report:r})=>(0,p.safeJson)({repository:e,finishedAt:o,...t&&{firstSeen:t},report:r});0&&(module.exports={sweepJsonLines,sweepJsonPieces});
