import { type Profile } from "./profile.ts";
export declare const CI: readonly Profile[];
