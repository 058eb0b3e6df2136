import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** A password in a URL: what it opens by the scheme and the user's name, and where by the host (RFC 3986, section 3.2.1). */
export declare function decodeUrlUserinfo(secret: string, parts: Parts): Anatomy | undefined;
/** `user:password` in base64 (RFC 7617). User names such as `x-access-token` say that the password is a token. */
export declare function decodeBasicAuth(secret: string, parts: Parts): Anatomy | undefined;
/** A registry login of `docker login`: hosts and users, or the base64 of one login. */
export declare function decodeDockerConfig(secret: string, parts: Parts): Anatomy | undefined;
/** An npm token, by itself or in `.npmrc` beside its registry (docs.npmjs.com, "npmrc"). */
export declare function decodeNpm(secret: string, parts: Parts): Anatomy | undefined;
