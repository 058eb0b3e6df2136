/** Fields of a URL's query, or of a bare query string; of two with one name the first counts. */
export declare function queryOf(text: string): ReadonlyMap<string, string>;
/** Percent-decodes; text that does not decode stays as it is. */
export declare function unescaped(text: string): string;
/** The host of the URL a secret stands in, lower case. */
export declare function urlHost(text: string): string | undefined;
