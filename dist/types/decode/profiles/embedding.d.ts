import { type Profile } from "./profile.ts";
export declare const EMBEDDING: readonly Profile[];
