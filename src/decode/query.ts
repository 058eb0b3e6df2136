/** Most fields of a query string that are read. */
const MOST = 64;

/** Fields of a URL's query, or of a bare query string; of two with one name the first counts. */
export function queryOf(text: string): ReadonlyMap<string, string> {
  const query = text
    .slice(text.indexOf("?") + 1)
    .replaceAll("&amp;", "&")
    .replaceAll("\\u0026", "&");
  const fields = new Map<string, string>();
  for (const pair of query.split("&", MOST)) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, at);
    if (at > 0 && !fields.has(name)) fields.set(name, unescaped(pair.slice(at + 1)));
  }
  return fields;
}

/** Percent-decodes; text that does not decode stays as it is. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The host of the URL a secret stands in, lower case. */
export function urlHost(text: string): string | undefined {
  return /^[a-z][a-z0-9+.-]{0,30}:\/\/(?:[^/?#@]{0,512}@)?(\[[0-9a-f:.]{2,45}\]|[^/?#:]{1,253})/i
    .exec(text)?.[1]
    ?.toLowerCase();
}
