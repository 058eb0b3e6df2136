export { allCandidates } from "./candidates";
export { changedCandidates, freshZero, hasZero, literalParts, runParts } from "./changes";
export { gate, resumeAt } from "./gate";
export { literals, literalsResumeAt } from "./literals";
export { countLines, countUtf16 } from "./lines";
