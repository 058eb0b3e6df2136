import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{builtinDictionaries,builtinRules}from"./chunk-chunk-ZGTWJYAE.js";import"./chunk-chunk-CIDKP5QW.js";export{builtinDictionaries,builtinRules};
