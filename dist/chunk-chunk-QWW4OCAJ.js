import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
var EXIT={clean:0,findings:1,usage:2,incomplete:3,bug:70,interrupted:130};export{EXIT};
