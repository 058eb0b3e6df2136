import type { Anatomy } from "../model/index.ts";
/** The password that ECR gives to Docker, and CodeArtifact's token: encrypted, but their expiry is readable. */
export declare function decodeAwsRegistry(secret: string): Anatomy | undefined;
