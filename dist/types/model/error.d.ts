/** The kinds of mistakes a user can mend; each ends the run with exit code 2. */
export type ScanErrorCode = "usage" | "path-missing" | "output-not-writable" | "rule-invalid" | "no-rules" | "config-invalid" | "policy-invalid" | "baseline-invalid" | "jwks-invalid" | "state-invalid" | "report-invalid" | "store-invalid" | "list-failed" | "git-failed" | "queue-failed";
/** An error its reader can mend: the message says what went wrong and what to do. Never holds a secret. */
export declare class ScanError extends Error {
    readonly code: ScanErrorCode;
    readonly name = "ScanError";
    constructor(code: ScanErrorCode, message: string, options?: ErrorOptions);
}
