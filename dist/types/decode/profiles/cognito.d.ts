import { type Profile } from "./profile.ts";
/** Amazon Cognito user pool tokens (docs.aws.amazon.com/cognito, "Understanding user pool JWTs"). */
export declare const COGNITO: Profile;
/** Refresh tokens are encrypted to the user pool: five parts, `RSA-OAEP`, `cty` JWT. */
export declare const COGNITO_REFRESH: Profile;
