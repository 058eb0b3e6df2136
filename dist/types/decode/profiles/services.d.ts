import { type Profile } from "./profile.ts";
export declare const SERVICES: readonly Profile[];
