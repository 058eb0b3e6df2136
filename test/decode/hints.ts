import type { Anatomy } from "../../src/model/index.ts";
import { mint, seededRandom } from "../mint/mint.ts";

/** The traits an anatomy hints at; of two hints for one trait the later one. */
export function traits(anatomy: Anatomy | undefined): Record<string, unknown> {
  return Object.fromEntries((anatomy?.hints ?? []).map(({ trait, value }) => [trait, value]));
}

/** The facts of an anatomy by name. */
export function facts(anatomy: Anatomy | undefined): Record<string, string> {
  return Object.fromEntries((anatomy?.facts ?? []).map(({ name, value }) => [name, value]));
}

/** A minted example, the same on every run. */
export function minted(template: string, seed = 1): string {
  return mint(template, seededRandom(seed));
}
