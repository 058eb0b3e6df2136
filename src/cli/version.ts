import { VERSION as BUILT } from "../generated/version.ts";

/** The version in package.json when this was built. */
export const VERSION: string = BUILT;
