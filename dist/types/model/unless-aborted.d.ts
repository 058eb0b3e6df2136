/** Waits for work, or rejects with a signal's reason if that comes first. It leaves no listener: a signal may live as long as the process. */
export declare function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T>;
