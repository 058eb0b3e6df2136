import type { Hint } from "../model/index.ts";
/** What a host name tells: a private network (RFC 1918, RFC 4193), this machine, or a name reserved for tests (RFC 2606). */
export declare function hostHints(host: string | undefined): readonly Hint[];
/** As {@link hostHints}, for servers that only developers run on their own machine. */
export declare function serverHints(host: string | undefined): readonly Hint[];
