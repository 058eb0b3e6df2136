export { consumed, inflate } from "./inflate";
export { applyDelta, copyCount, deltaBaseSize, deltaResultSize, deltaSizes } from "./delta";
