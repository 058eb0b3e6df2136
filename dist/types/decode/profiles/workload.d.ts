import { type Profile } from "./profile.ts";
export declare const WORKLOAD: readonly Profile[];
