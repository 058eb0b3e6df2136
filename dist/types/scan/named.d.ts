import { type Match } from "../model/index.ts";
/** Says of each match which secrets of the others stand in the names of its place: a file may be called by one of them. */
export declare function withNamed(matches: readonly Match[]): readonly Match[];
