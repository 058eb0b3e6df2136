import type { Anatomy } from "../model/index.ts";
/** A PyPI token: a macaroon whose caveats say which projects, and until when. */
export declare function decodePypi(secret: string): Anatomy | undefined;
