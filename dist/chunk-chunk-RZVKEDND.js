import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
var ScanError=class extends Error{constructor(code,message,options){super(message,options);this.code=code}code;name="ScanError"};export{ScanError};
