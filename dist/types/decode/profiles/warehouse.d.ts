import { type Profile } from "./profile.ts";
export declare const WAREHOUSE: readonly Profile[];
