import type { Anatomy } from "../model/index.ts";
import { anatomy, claimed, jsonInBase64, keyOf, STRUCTURE } from "./anatomy.ts";
import { number, text } from "./claims.ts";

/** Longest header that is read. */
const LONGEST = 16 * 1024;

/** The password that ECR gives to Docker, and CodeArtifact's token: encrypted, but their expiry is readable. */
export function decodeAwsRegistry(secret: string): Anatomy | undefined {
  const head = secret.split(".", 1)[0]!;
  const open = head.length > LONGEST ? undefined : jsonInBase64(head);
  if (!open) return undefined;
  const registry = text(open, "datakey") !== undefined;
  const [expires, issued] = [number(open, "expiration") ?? number(open, "exp"), number(open, "isu")];
  if (expires === undefined) return undefined;
  return anatomy({
    facts: claimed({ provider: "aws", kind: registry ? "ECR password" : "CodeArtifact token" }),
    hints: [STRUCTURE],
    ...keyOf({ expires, ...(issued !== undefined && { issued }) }),
  });
}
