/** The five levels of a blast radius, from the harmless up (FIRST CVSS bands: docs/architecture.md, "Scores"). */
export declare const LEVELS: readonly ["none", "low", "medium", "high", "critical"];
export type Level = (typeof LEVELS)[number];
/** Position of a level in {@link LEVELS}; higher reaches further. */
export declare function rank(level: Level): number;
/** The level of a score from 0 to 10: none 0, low to 3.9, medium to 6.9, high to 9.0, critical above. */
export declare function levelOf(score: number): Level;
