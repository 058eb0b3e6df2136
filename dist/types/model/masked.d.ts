/** A message with every piece that could be a token taken out: settings, rules and paths are the user's text, and may hold one. */
export declare function masked(message: string): string;
