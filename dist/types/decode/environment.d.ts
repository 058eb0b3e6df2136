import type { Anatomy, Hint } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** What a key's prefix says of its environment, such as `sk_test_` or `pdl_sdbx_`. Its random end is not looked at. */
export declare function prefixHints(secret: string): readonly Hint[];
/** A key that tells its environment in its prefix and nothing else. */
export declare function decodeLiveOrTest(secret: string, parts: Parts): Anatomy | undefined;
