import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** A JFrog reference token: `reftkn:01:<expiry>:<random>` in base64; ten zeros never expire. */
export declare function decodeJfrog(secret: string): Anatomy | undefined;
/** A Mapbox token: `pk` is public, `sk` secret, `tk` temporary; the middle names the account (docs.mapbox.com, "Tokens"). */
export declare function decodeMapbox(secret: string): Anatomy | undefined;
/** A Salesforce session id starts with its organization's id (Salesforce, "Session ID"). */
export declare function decodeSalesforce(secret: string, parts: Parts): Anatomy | undefined;
/** Twilio ids: `AC` an account, `SK` an API key; an id alone opens nothing (twilio.com/docs/iam/api-keys). */
export declare function decodeTwilio(secret: string, parts: Parts): Anatomy | undefined;
/** A Terraform Cloud token: its public id stands first (developer.hashicorp.com/terraform/cloud-docs/api-docs). */
export declare function decodeTerraform(secret: string): Anatomy | undefined;
/** A Sourcegraph token names its instance, `local` or 16 hex digits; older ones name none (sourcegraph.com/docs/cli). */
export declare function decodeSourcegraph(secret: string): Anatomy | undefined;
/** A new Supabase key: publishable or secret (supabase.com/docs/guides/api/api-keys). */
export declare function decodeSupabaseKey(secret: string): Anatomy | undefined;
/** A Clerk key; the publishable one holds the host of its instance (clerk.com/docs). */
export declare function decodeClerk(secret: string): Anatomy | undefined;
/** An Algolia secured key: an HMAC and the parameters that narrow a search key (algolia.com/doc, "Secured API keys"). */
export declare function decodeAlgoliaSecured(secret: string): Anatomy | undefined;
/** A Tailscale key: its kind and id (tailscale.com/kb/1277, "Key prefixes"). */
export declare function decodeTailscale(secret: string): Anatomy | undefined;
