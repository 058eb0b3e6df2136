/** Whether a text holds these parts in order, the first at its start and the last at its end: a pattern split at its stars. Linear. */
export declare function inOrder(parts: readonly string[], text: string): boolean;
