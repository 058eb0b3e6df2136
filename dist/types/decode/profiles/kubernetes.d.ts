import { type Profile } from "./profile.ts";
/** Service account tokens, legacy and bound (kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/). */
export declare const KUBERNETES: Profile;
