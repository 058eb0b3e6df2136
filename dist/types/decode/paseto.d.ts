import type { Anatomy } from "../model/index.ts";
/** A PASETO token: `public` ones are signed and readable, `local` ones encrypted; their footer is readable. */
export declare function decodePaseto(secret: string): Anatomy | undefined;
