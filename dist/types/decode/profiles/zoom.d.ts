import { type Profile } from "./profile.ts";
export declare const ZOOM: readonly Profile[];
