import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{findingsOf}from"./chunk-chunk-Y7SLDBKK.js";import"./chunk-chunk-5LHOXTX5.js";import"./chunk-chunk-6UMUPK4O.js";import"./chunk-chunk-YG4T7UC5.js";import"./chunk-chunk-ABP7BWFF.js";import"./chunk-chunk-HD6UP7Y3.js";import"./chunk-chunk-EXM6H2H2.js";import"./chunk-chunk-CIDKP5QW.js";export{findingsOf};
