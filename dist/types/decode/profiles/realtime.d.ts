import { type Profile } from "./profile.ts";
export declare const REALTIME: readonly Profile[];
