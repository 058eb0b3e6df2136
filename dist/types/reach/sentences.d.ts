import type { Traits } from "../model/index.ts";
/** The traits in the order reports print them. */
export declare const TRAITS: readonly (keyof Traits)[];
/** The plain sentence for a value when nothing more is known of it. */
export declare function sentence(name: keyof Traits, traits: Traits): string;
/** Whether a trait is worth a reason of the finding; `said` when somebody gave it a sentence of its own. */
export declare function speaks(name: keyof Traits, traits: Traits, said: boolean): boolean;
