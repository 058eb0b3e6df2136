import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{scanAndReport}from"./chunk-chunk-4NNU3LEK.js";import{addJudgementFlags,addMachineFlags,addReportFlags,addSourceFlags}from"./chunk-chunk-4DHJM45E.js";import"./chunk-chunk-DJ34UXBA.js";import{Command}from"./chunk-chunk-IX55XLI6.js";import"./chunk-chunk-QWW4OCAJ.js";import"./chunk-chunk-EGBT3NHX.js";import"./chunk-chunk-W63XY2OF.js";import"./chunk-chunk-R3QBXMF3.js";import"./chunk-chunk-A4LX6TPW.js";import"./chunk-chunk-YG4T7UC5.js";import"./chunk-chunk-26WRYB2R.js";import"./chunk-chunk-GRYMPT5G.js";import"./chunk-chunk-PTTRVS4R.js";import"./chunk-chunk-ABP7BWFF.js";import"./chunk-chunk-HD6UP7Y3.js";import"./chunk-chunk-EXM6H2H2.js";import"./chunk-chunk-XG7GKJ2A.js";import"./chunk-chunk-CIDKP5QW.js";function build(){let command=new Command("leakreach scan").description("Finds leaked tokens in files and says how far each one reaches. Nothing is sent anywhere.").argument("[path...]","folders, files, globs, or - for standard input",["."]).addHelpText("after",`
In a git work tree, files that git ignores are left out unless --all-files is given; other folders are read whole.
Archives (zip, jar, tar, gz) are opened. What cannot be read is a gap, and the exit code 3.

Examples:
  leakreach scan .
  leakreach scan src config --exclude '**/*.min.js' --fail-on high
  leakreach scan . --format json --output sarif=leaks.sarif
  some-command 2>&1 | leakreach scan - --stdin-path build.log`);return addMachineFlags(addReportFlags(addJudgementFlags(addSourceFlags(command)))),command.action(async(paths,flags)=>{process.exitCode=await scanAndReport(paths,flags)})}export{build};
