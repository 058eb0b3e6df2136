import type { Reference } from "../model/index.ts";

/** Names of the weaknesses that breaches point to (cwe.mitre.org). */
const CWE: Readonly<Record<number, string>> = {
  20: "Improper Input Validation",
  22: "Path Traversal",
  201: "Insertion of Sensitive Information Into Sent Data",
  250: "Execution with Unnecessary Privileges",
  266: "Incorrect Privilege Assignment",
  269: "Improper Privilege Management",
  272: "Least Privilege Violation",
  282: "Improper Ownership Management",
  284: "Improper Access Control",
  290: "Authentication Bypass by Spoofing",
  294: "Authentication Bypass by Capture-replay",
  295: "Improper Certificate Validation",
  312: "Cleartext Storage of Sensitive Information",
  321: "Use of Hard-coded Cryptographic Key",
  324: "Use of a Key Past its Expiration Date",
  326: "Inadequate Encryption Strength",
  327: "Use of a Broken or Risky Cryptographic Algorithm",
  345: "Insufficient Verification of Data Authenticity",
  347: "Improper Verification of Cryptographic Signature",
  522: "Insufficiently Protected Credentials",
  613: "Insufficient Session Expiration",
  653: "Improper Isolation or Compartmentalization",
  668: "Exposure of Resource to Wrong Sphere",
  798: "Use of Hard-coded Credentials",
  918: "Server-Side Request Forgery",
  1391: "Use of Weak Credentials",
  1392: "Use of Default Credentials",
  1393: "Use of Default Password",
  1394: "Use of Default Cryptographic Key",
};

/** OWASP Non-Human Identities Top 10, 2025: the names of the released list. */
const NHI = [
  "Improper Offboarding",
  "Secret Leakage",
  "Vulnerable Third-Party NHI",
  "Insecure Authentication",
  "Overprivileged NHI",
  "Insecure Cloud Deployment Configurations",
  "Long-Lived Secrets",
  "Environment Isolation",
  "NHI Reuse",
  "Human Use of NHI",
] as const;

const RFCS: Readonly<Record<number, string>> = {
  8725: "JSON Web Token Best Current Practices",
  9700: "Best Current Practice for OAuth 2.0 Security",
};

/** A weakness: `cwe(798)`. */
export function cwe(number: number): Reference {
  const title = CWE[number] ?? "Common Weakness Enumeration";
  return { id: `CWE-${number}`, title, url: `https://cwe.mitre.org/data/definitions/${number}.html` };
}

/** A risk of the OWASP list: `nhi(5)`. */
export function nhi(number: number): Reference {
  const title = NHI[number - 1]!;
  const page = `${number}-${title.toLowerCase().replaceAll(" ", "-")}`;
  return {
    id: `NHI${number}:2025`,
    title,
    url: `https://owasp.org/www-project-non-human-identities-top-10/2025/${page}`,
  };
}

/** A section of an RFC: `rfc(9700, "2.3")`. */
export function rfc(number: 8725 | 9700, section: string): Reference {
  return {
    id: `RFC ${number} ${section}`,
    title: RFCS[number]!,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

/** NIST Cybersecurity Framework 2.0: permissions, least privilege and separation of duties. */
export const PR_AA_05: Reference = {
  id: "CSF 2.0 PR.AA-05",
  title: "Access permissions are managed with least privilege and separation of duties",
  url: "https://www.nist.gov/cyberframework",
};

/** NIST CSF 2.0: identities and credentials are managed. */
export const PR_AA_01: Reference = {
  id: "CSF 2.0 PR.AA-01",
  title: "Identities and credentials are managed by the organization",
  url: "https://www.nist.gov/cyberframework",
};

/** NIST SP 800-207, section 2.1: access is granted for each session, by policy, with the least privilege. */
export const ZERO_TRUST: Reference = {
  id: "SP 800-207 2.1",
  title: "Zero Trust Architecture: tenets",
  url: "https://doi.org/10.6028/NIST.SP.800-207",
};
