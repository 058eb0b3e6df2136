import type { Reference } from "../model/index.ts";
/** A weakness: `cwe(798)`. */
export declare function cwe(number: number): Reference;
/** A risk of the OWASP list: `nhi(5)`. */
export declare function nhi(number: number): Reference;
/** A section of an RFC: `rfc(9700, "2.3")`. */
export declare function rfc(number: 8725 | 9700, section: string): Reference;
/** NIST Cybersecurity Framework 2.0: permissions, least privilege and separation of duties. */
export declare const PR_AA_05: Reference;
/** NIST CSF 2.0: identities and credentials are managed. */
export declare const PR_AA_01: Reference;
/** NIST SP 800-207, section 2.1: access is granted for each session, by policy, with the least privilege. */
export declare const ZERO_TRUST: Reference;
