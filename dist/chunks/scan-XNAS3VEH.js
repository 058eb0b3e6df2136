import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{scanAndReport}from"./chunk-BTXOCMEQ.js";import{addJudgementFlags,addMachineFlags,addReportFlags,addSourceFlags}from"./chunk-E4E3AV3L.js";import"./chunk-XFMGFUFT.js";import{Command}from"./chunk-IONHPNDH.js";import"./chunk-65L73WZY.js";import"./chunk-TF34O2IQ.js";import"./chunk-HBE7RYVE.js";import"./chunk-Q2SCBPQ5.js";import"./chunk-GWJEJ6WI.js";import"./chunk-MY7FEJNP.js";import"./chunk-JLYMPZ7L.js";import"./chunk-RVPALRYY.js";import"./chunk-HN7XXFKH.js";import"./chunk-O34IVEVD.js";import"./chunk-NODWV5KY.js";import"./chunk-D67TVUQZ.js";function build(){let command=new Command("leakreach scan").description("Finds leaked tokens in files and says how far each one reaches. Nothing is sent anywhere.").argument("[path...]","folders, files, globs, or - for standard input",["."]).addHelpText("after",`
In a git work tree, files that git ignores are left out unless --all-files is given; other folders are read whole.
Archives (zip, jar, tar, gz) are opened. What cannot be read is a gap, and the exit code 3.

Examples:
  leakreach scan .
  leakreach scan src config --exclude '**/*.min.js' --fail-on high
  leakreach scan . --format json --output sarif=leaks.sarif
  some-command 2>&1 | leakreach scan - --stdin-path build.log`);return addMachineFlags(addReportFlags(addJudgementFlags(addSourceFlags(command)))),command.action(async(paths,flags)=>{process.exitCode=await scanAndReport(paths,flags)})}export{build};
