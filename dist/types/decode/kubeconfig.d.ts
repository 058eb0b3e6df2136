import type { Anatomy } from "../model/index.ts";
import { type Parts } from "./anatomy.ts";
/** A kubeconfig, or the client certificate of one: who it signs in as, where, and until when. */
export declare function decodeKubeconfig(secret: string, parts: Parts): Anatomy | undefined;
