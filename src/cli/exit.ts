/** Exit codes (docs/usage.md, "Exit codes"). */
export const EXIT = { clean: 0, findings: 1, usage: 2, incomplete: 3, bug: 70, interrupted: 130 } as const;
