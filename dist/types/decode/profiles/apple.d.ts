import { type Profile } from "./profile.ts";
export declare const APPLE: readonly Profile[];
