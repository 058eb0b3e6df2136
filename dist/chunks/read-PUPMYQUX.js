import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{readText}from"./chunk-GWJEJ6WI.js";import"./chunk-O34IVEVD.js";import"./chunk-D67TVUQZ.js";export{readText};
