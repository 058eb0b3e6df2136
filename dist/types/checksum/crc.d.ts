/** `ghp_`, `gho_`, `ghu_`, `ghs_`, `ghr_`: base62 of the body's CRC-32 (GitHub blog, "Behind GitHub's new authentication token formats"). */
export declare const github: (secret: string) => boolean | undefined;
/** The same scheme as GitHub's (GitHub blog, "Announcing npm's new access token format"). */
export declare const npm: (secret: string) => boolean | undefined;
/** `vcp_`, `vci_`, `vca_`, `vcr_`, `vck_`: the same scheme over 50 characters (mongodb/kingfisher, vercel.yml). */
export declare const vercel: (secret: string) => boolean | undefined;
/** Hex of the body's CRC-32 after an underscore; shown on two public samples. */
export declare const zuplo: (secret: string) => boolean | undefined;
/** 40 characters and a checksum (developers.cloudflare.com, "Token formats"); that it is their CRC-32 was found by trial on one token. */
export declare const cloudflare: (secret: string) => boolean | undefined;
/** Atlassian and Bitbucket: upper-case hex of the CRC-32 of all before it, the `=` too; found by trial. */
export declare const atlassian: (secret: string) => boolean | undefined;
/** Little-endian hex of the CRC-32 of all before the second `_` (grafana/grafana, pkg/components/satokengen). */
export declare const grafana: (secret: string) => boolean | undefined;
/** Routable GitLab tokens: base36 of the CRC-32 of all before it, prefix included (google/osv-scalibr, `veles/secrets/gitlabpat`). */
export declare const gitlabRoutable: (secret: string) => boolean | undefined;
