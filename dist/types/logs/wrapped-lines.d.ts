import { type Reading } from "./readings.ts";
/**
 * Lines that a terminal's width has broken in the middle of a word, as one. Only of a text in which no line is longer than a
 * usual width and some fill it: elsewhere a full line is chance.
 */
export declare function unwrapped(room: Buffer, length: number, most: number): Reading[];
