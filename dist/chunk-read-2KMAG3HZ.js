import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{readText}from"./chunk-chunk-A4LX6TPW.js";import"./chunk-chunk-EXM6H2H2.js";import"./chunk-chunk-CIDKP5QW.js";export{readText};
