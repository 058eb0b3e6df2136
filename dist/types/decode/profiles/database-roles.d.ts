import { type Profile } from "./profile.ts";
/** Hasura: roles stand in an object, or in its JSON text, under a namespace (hasura.io/docs, "JWT"). */
export declare const HASURA: Profile;
/** PostgREST: the `role` claim is the database role that the request runs as (postgrest.org, "Authentication"). */
export declare const POSTGREST: Profile;
/** Directus: `admin_access` opens everything (directus.io/docs). */
export declare const DIRECTUS: Profile;
