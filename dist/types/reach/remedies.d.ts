import type { Remedy } from "../model/index.ts";
import type { Case } from "./breaches.ts";
/** What to do, in the order to do it. */
export declare function remediesOf(found: Case, breaches: ReadonlySet<string>): readonly Remedy[];
