/** The five levels of a blast radius, from the harmless up (FIRST CVSS bands: docs/architecture.md, "Scores"). */
export const LEVELS = ["none", "low", "medium", "high", "critical"] as const;

export type Level = (typeof LEVELS)[number];

/** Position of a level in {@link LEVELS}; higher reaches further. */
export function rank(level: Level): number {
  return LEVELS.indexOf(level);
}

/** The level of a score from 0 to 10: none 0, low to 3.9, medium to 6.9, high to 9.0, critical above. */
export function levelOf(score: number): Level {
  if (score <= 0) return "none";
  if (score <= 3.9) return "low";
  if (score <= 6.9) return "medium";
  return score <= 9 ? "high" : "critical";
}
