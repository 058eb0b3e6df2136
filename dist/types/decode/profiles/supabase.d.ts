import { type Profile } from "./profile.ts";
/** Supabase API keys of the old kind, and user sessions (supabase.com/docs/guides/api/api-keys). */
export declare const SUPABASE: Profile;
