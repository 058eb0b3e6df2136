/** Audiences that are no API of their own: the user-info endpoint (OpenID Connect Core 5.3), Keycloak's account page. */
export function noApi(audience: string): boolean {
  return /\/userinfo\/?$/i.test(audience) || audience === "account";
}

/** Suffixes under which customers have domains of their own. A guess in place of the public suffix list, and a report says so. */
const SHARED = new Set(
  `co.uk org.uk ac.uk gov.uk com.au net.au org.au co.nz co.jp co.kr co.in co.za com.br com.mx com.ar com.tr com.cn com.sg com.hk com.tw
  auth0.com us.auth0.com eu.auth0.com au.auth0.com jp.auth0.com okta.com okta-emea.com oktapreview.com onmicrosoft.com
  vault.azure.net blob.core.windows.net queue.core.windows.net table.core.windows.net file.core.windows.net
  database.windows.net servicebus.windows.net documents.azure.com azurewebsites.net azure-api.net azurecr.io
  amazonaws.com googleapis.com run.app cloudfunctions.net appspot.com web.app firebaseapp.com
  github.io gitlab.io vercel.app netlify.app herokuapp.com pages.dev workers.dev supabase.co fly.dev onrender.com
  atlassian.net zendesk.com my.salesforce.com service-now.com databricks.com azuredatabricks.net snowflakecomputing.com`.split(
    /\s+/,
  ),
);

/**
 * The trust boundary of an audience that no policy maps: the registrable domain of a URL, the namespace of a URN, the
 * account of an ARN. A bare name or GUID is a client of its issuer, so it stands in the issuer's boundary.
 */
export function domainOf(audience: string, issuer: string | undefined): string {
  const arn = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(audience);
  if (arn) return `AWS account ${arn[1]}`;
  const urn = /^urn:[^:]+/i.exec(audience);
  if (urn) return urn[0].toLowerCase();
  const host = hostOf(audience);
  if (host) return registrable(host);
  const home = hostOf(issuer ?? "");
  return home ? `${registrable(home)}${tenantOf(issuer!)}` : audience;
}

/** Whether an audience belongs to its issuer: a client's name or id, or a host of the issuer's own domain. */
export function isHome(audience: string, issuer: string): boolean {
  if (/^(?:arn|urn):/i.test(audience)) return false;
  const [host, home] = [hostOf(audience), hostOf(issuer)];
  return !host || (home !== undefined && registrable(host) === registrable(home));
}

function hostOf(text: string): string | undefined {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(text)?.[1] ?? bareHost(text);
  // `api://<guid>` names an application of the tenant, not a host.
  return host && /[.:]/.test(host) ? host.toLowerCase() : undefined;
}

function bareHost(text: string): string | undefined {
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/i.test(text) ? text : undefined;
}

function registrable(host: string): string {
  if (/^[\d.]+$|^\[/.test(host)) return host;
  const labels = host.split(".");
  for (let at = 1; at < labels.length - 1; at++) {
    if (SHARED.has(labels.slice(at).join("."))) return labels.slice(at - 1).join(".");
  }
  return labels.slice(-2).join(".");
}

/** A GUID or realm in an issuer's path tells accounts of one provider apart. */
function tenantOf(issuer: string): string {
  const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.exec(issuer)?.[0];
  const realm = /\/realms\/([^/?#]+)/.exec(issuer)?.[1];
  return guid ? `, tenant ${guid}` : realm ? `, realm ${realm}` : "";
}
