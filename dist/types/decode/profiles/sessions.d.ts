import { type Profile } from "./profile.ts";
export declare const SESSIONS: readonly Profile[];
