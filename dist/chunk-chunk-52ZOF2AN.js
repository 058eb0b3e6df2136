var t=Object.defineProperty;var c=Object.getOwnPropertyDescriptor;var d=Object.getOwnPropertyNames;var l=Object.prototype.hasOwnProperty;var m=(r,e)=>{for(var s in e)t(r,s,{get:e[s],enumerable:!0})},v=(r,e,s,i)=>{if(e&&typeof e=="object"||typeof e=="function")for(let o of d(e))!l.call(r,o)&&o!==s&&t(r,o,{get:()=>e[o],enumerable:!(i=c(e,o))||i.enumerable});return r};var k=r=>v(t({},"__esModule",{value:!0}),r);var G={};m(G,{endWithParent:()=>a});module.exports=k(G);var n=require("./chunk-chunk-GMNCRFLM.js"),p=require("node:worker_threads"),I=100,f=10,u=`
  const { ppid } = process;
  const { workerData: most } = require("node:worker_threads");
  setInterval(() => process.ppid === ppid || process.kill(process.pid, "SIGKILL"), ${I});
  if (most > 0) setInterval(() => process.memoryUsage.rss() > most && process.kill(process.pid, "${n.TOO_MUCH}"), ${f});
`,O=32;function a(r){process.once("disconnect",()=>process.kill(process.pid,"SIGKILL"));const e=r===void 0?0:(r-O)*2**20,s={maxYoungGenerationSizeMb:2,maxOldGenerationSizeMb:8};new p.Worker(u,{eval:!0,stdin:!1,workerData:e,resourceLimits:s}).unref()}0&&(module.exports={endWithParent});
