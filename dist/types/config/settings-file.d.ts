import type { Settings } from "./settings.ts";
/** Settings as written, checked and made ready for use. */
export declare function readSettings(text: string, name: string, path: string): Promise<Settings>;
