export { consumed, inflate } from "./inflate";
export { applyDelta, copyCount, deltaBaseSize, deltaResultSize, deltaSizes } from "./delta";
export { dropNames, entryCount, listSize, memberCount, nameSize, namesLost, openTrees, runCount, textSize, want } from "./tree-rooms";
export { sha1 } from "./sha1";
export { addTree, isMarked } from "./trees";
