/** Runs something to its end and gives what it gives, or throws {@link Overdue}. */
export type InTime = <T>(run: () => T) => T;
/** Sets no time: for a thread that another one watches. */
export declare const untimed: InTime;
/**
 * Guards this thread without another one to watch it: what runs longer is broken off where it stands, even in a regular
 * expression or the kernel (node:vm, "timeout"). What runs inside a guarded run shares its time. A watch costs 0.1 to 0.5 ms.
 */
export declare function timed(milliseconds: number): InTime;
