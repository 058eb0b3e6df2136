/** Audiences that are no API of their own: the user-info endpoint (OpenID Connect Core 5.3), Keycloak's account page. */
export declare function noApi(audience: string): boolean;
/**
 * The trust boundary of an audience that no policy maps: the registrable domain of a URL, the namespace of a URN, the
 * account of an ARN. A bare name or GUID is a client of its issuer, so it stands in the issuer's boundary.
 */
export declare function domainOf(audience: string, issuer: string | undefined): string;
/** Whether an audience belongs to its issuer: a client's name or id, or a host of the issuer's own domain. */
export declare function isHome(audience: string, issuer: string): boolean;
