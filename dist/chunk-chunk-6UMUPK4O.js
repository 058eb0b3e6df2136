import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
function isPatternTest(pattern){return typeof pattern=="object"&&typeof pattern.test=="function"}export{isPatternTest};
