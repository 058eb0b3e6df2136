export { gate, resumeAt } from "./gate";
export { literals, literalsResumeAt } from "./literals";
export { countLines, countUtf16 } from "./lines";
