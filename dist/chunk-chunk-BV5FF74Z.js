var $=Object.defineProperty;var j=Object.getOwnPropertyDescriptor;var k=Object.getOwnPropertyNames;var y=Object.prototype.hasOwnProperty;var w=(e,t)=>{for(var s in t)$(e,s,{get:t[s],enumerable:!0})},O=(e,t,s,n)=>{if(t&&typeof t=="object"||typeof t=="function")for(let a of k(t))!y.call(e,a)&&a!==s&&$(e,a,{get:()=>t[a],enumerable:!(n=j(t,a))||n.enumerable});return e};var U=e=>O($({},"__esModule",{value:!0}),e);var C={};w(C,{junitPieces:()=>F,toJunit:()=>f});module.exports=U(C);var c=require("./pack-start.js").c11,x=require("./pack-start.js").c8;function f(e,t){const s=(0,c.listed)(e,t.minLevel).filter(({suppression:o,baseline:u})=>!o&&u!=="unchanged"),n=[...s.map(o=>q(o,t)),...e.gaps.map(d)];!e.complete&&e.gaps.length===0&&n.push(d({what:"the rest",why:"the scan was stopped"}));const a=n.length-s.length;n.length===0&&n.push(`    <testcase classname="leakreach" name="no leaked secret"/>
`);const i=`tests="${n.length}" failures="${s.length}" errors="${a}"`,r=(e.stats.milliseconds/1e3).toFixed(3);return`<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${i} time="${r}">
  <testsuite name="leakreach" ${i} time="${r}">
${n.join("")}  </testsuite>
</testsuites>
`}function q(e,{rules:t}){const{reach:s,rule:n,fingerprint:a}=e,i=t.get(n),r=(0,c.exposuresOf)(e).map(m=>{const{path:p,inner:A,region:g,commit:h}=(0,c.placeOf)(m);return`${[p,...A].join("!")}:${g.line}:${g.column}${h?` in commit ${h}`:""}`}),o=`${s.level.toUpperCase()} ${s.score.toFixed(1)}: ${i?.name??n}`,u=s.remedies.map(({action:m,where:p})=>`${m}${p?` ${p}`:""}`),v=[i?.impact??"",...r,...u,a].filter(m=>m!=="").map(l).join(`
`);return`    <testcase classname="${l(n)}" name="${l(r[0])}">
      <failure type="${s.level}" message="${l(o)}">${v}</failure>
    </testcase>
`}function d({what:e,why:t}){return`    <testcase classname="not read" name="${l(e)}">
      <error type="gap" message="${l(t)}"/>
    </testcase>
`}function l(e){return(0,x.plain)(e).replace(/[\ufffe\uffff]/g,"\uFFFD").replaceAll("&","&amp;").replaceAll("<","&lt;").replaceAll(">","&gt;").replaceAll('"',"&quot;").replaceAll("'","&apos;")}var F=(e,t)=>[f(e,t)];0&&(module.exports={junitPieces,toJunit});
