import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{builtinRules}from"./chunk-chunk-ZGTWJYAE.js";import{Command,Option}from"./chunk-chunk-IX55XLI6.js";import"./chunk-chunk-CIDKP5QW.js";function build(){return new Command("leakreach rules").description("Lists every built-in rule: id, name, and what its tokens reach when nothing more is known.").addOption(new Option("--format <format>","of standard output").choices(["text","json"]).default("text")).addHelpText("after",`
Examples:
  leakreach rules | grep -i slack
  leakreach rules --format json`).action(flags=>{let rules=[...builtinRules().values()];process.stdout.write(flags.format==="json"?`${JSON.stringify(rules.map(brief),null,2)}
`:table(rules))})}function brief({id,provider,name,impact,reach,revoke,references}){return{id,provider,name,impact,reach,revoke,references}}function table(rules){let width=Math.max(...rules.map(rule=>rule.id.length));return`${rules.map(rule=>`${rule.id.padEnd(width)}  P${rule.reach.power} ${(rule.reach.breadth??"service").padEnd(7)}  ${rule.name}`).join(`
`)}
${rules.length} rules; leakreach explain RULE says more
`}export{build};
