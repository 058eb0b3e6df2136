import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{VERSION}from"./chunk-chunk-DJ34UXBA.js";import{Command}from"./chunk-chunk-IX55XLI6.js";import{COMMANDS}from"./chunk-chunk-3N4PEG5J.js";import"./chunk-chunk-CIDKP5QW.js";var EXAMPLES=`
Examples:
  leakreach scan .                          this repository's files, as text
  leakreach scan . --output leaks.sarif     the same, and SARIF for GitHub beside it
  leakreach scan build.log --fail-on high   one log file
  kubectl logs job/x | leakreach scan -     standard input
  leakreach decode < token.txt              one token, every factor of its score

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or settings, 3 something could not be read, 70 a bug of ours, 130 interrupted.
Scanning opens no socket. No secret is printed unless --show-secrets is given.`;async function help(args){let program=new Command("leakreach").description("Finds leaked tokens in repositories and logs, and says how far each one reaches.").version(VERSION).showSuggestionAfterError(!0).addHelpText("after",EXAMPLES);for(let[name,{summary}]of Object.entries(COMMANDS))program.command(name).description(summary).allowUnknownOption().helpOption(!1);program.exitOverride();let wanted=args[0]==="help"&&args[1]!==void 0&&Object.hasOwn(COMMANDS,args[1])?COMMANDS[args[1]]:void 0;return wanted?((await wanted.load()).build().outputHelp(),0):args.length===0?(program.outputHelp(),2):(await program.parseAsync([...args],{from:"user"}),0)}export{help};
