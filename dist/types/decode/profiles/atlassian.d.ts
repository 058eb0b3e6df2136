import { type Profile } from "./profile.ts";
export declare const ATLASSIAN: readonly Profile[];
