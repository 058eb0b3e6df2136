import type { Anatomy } from "../model/index.ts";
/** Stripe keys: who may hold them, and whether they move real money (docs.stripe.com/keys). */
export declare function decodeStripe(secret: string): Anatomy | undefined;
/** A Braintree access token: environment and merchant stand in it (developer.paypal.com/braintree). */
export declare function decodeBraintree(secret: string): Anatomy | undefined;
/** A Plaid access token: one bank item, in one environment (plaid.com/docs/api/items). */
export declare function decodePlaid(secret: string): Anatomy | undefined;
