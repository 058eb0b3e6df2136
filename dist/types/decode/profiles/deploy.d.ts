import { type Profile } from "./profile.ts";
export declare const DEPLOY: readonly Profile[];
