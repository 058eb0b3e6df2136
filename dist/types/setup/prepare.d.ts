import { type Settings } from "../config/settings.ts";
import type { ScanOptions } from "../scan/options.ts";
import { type Source } from "../sources/unit.ts";
import type { ScanRequest } from "./request.ts";
/** A scan that is ready to run. */
export interface Prepared {
    readonly sources: readonly Source[];
    readonly options: ScanOptions;
    readonly settings: Settings;
}
/** Makes sources and options of what the user gave. Every mistake is found here, before anything is scanned. */
export declare function prepare(request: ScanRequest, signal: AbortSignal): Promise<Prepared>;
