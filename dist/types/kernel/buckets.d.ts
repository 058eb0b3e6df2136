import { type Literal } from "./layout.ts";
/** How the filter finds a literal: by the three bytes from `fragment` on, in one of its buckets (0 to 15). */
export interface Spot {
    readonly bucket: number;
    readonly fragment: number;
}
/** For each of three bytes: bit sets of the low and high nibbles seen. */
export interface Nibbles {
    readonly low: readonly number[];
    readonly high: readonly number[];
}
/** How often three bytes of text pass some nibbles, from 0 to 1. */
export type Chance = (nibbles: Nibbles) => number;
/** Spots that are chosen already, by what {@link spotKey} makes of their literals. */
export type KnownSpots = ReadonlyMap<string, Spot>;
export declare const spotKey: ({ text, fold }: Pick<Literal, "text" | "fold">) => string;
/** The spot of each literal, chosen one after the other so that as little text as possible passes by chance. */
export declare function spotsOf(literals: readonly Literal[], chance?: Chance, known?: KnownSpots): readonly Spot[];
/** The bytes a literal may have at a place. */
export declare function bytesAt(literal: Literal, place: number): readonly number[];
/** As if each byte of a text were independent of those beside it: soon told, but `ter` is far more common than its letters. */
export declare function byBytes({ low, high }: Nibbles): number;
