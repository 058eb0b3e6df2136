export * from "./error.ts";
export * from "./finding.ts";
export * from "./level.ts";
export * from "./match.ts";
export * from "./policy.ts";
export * from "./rule.ts";
export * from "./secret.ts";
export * from "./traits.ts";
