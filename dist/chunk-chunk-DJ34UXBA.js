import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
var VERSION="0.1.0";var VERSION2=VERSION;export{VERSION2 as VERSION};
