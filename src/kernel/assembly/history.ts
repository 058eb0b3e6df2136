export { consumed, inflate } from "./inflate";
export { applyDelta, copyCount, deltaBaseSize, deltaResultSize, deltaSizes } from "./delta";
export { addTree, entryCount, isMarked, listSize, memberCount, openTrees, runCount, textSize, want } from "./trees";
