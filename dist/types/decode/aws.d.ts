import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** An access key id, alone or beside its secret: its kind, and the account it decodes to. */
export declare function decodeAwsKeyId(secret: string, parts: Parts): Anatomy | undefined;
/** A presigned URL (AWS Signature Version 4, query string; or version 2 with `AWSAccessKeyId`). */
export declare function decodeAwsPresigned(secret: string): Anatomy | undefined;
/** A `kubectl` token for EKS: a presigned request good for 15 minutes (aws-iam-authenticator, `pkg/token/token.go`). */
export declare function decodeAwsEks(secret: string): Anatomy | undefined;
/** An Amazon Bedrock API key: long-term with its account, short-term with its signer (Bedrock User Guide, "API keys"). */
export declare function decodeAwsBedrock(secret: string): Anatomy | undefined;
/** `20260901T000000Z` as epoch seconds. */
export declare function amzDate(text: string | undefined): number | undefined;
