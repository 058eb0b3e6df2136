import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{readText}from"./chunk-chunk-VX2UH2GF.js";import"./chunk-chunk-RZVKEDND.js";import"./chunk-chunk-CIDKP5QW.js";export{readText};
