import { type Anatomy } from "../model/index.ts";
/** A Sentry organization token names its organization and region; user tokens and DSNs do not decode (getsentry/rfcs, 0091). */
export declare function decodeSentry(secret: string): Anatomy | undefined;
/** Grafana: cloud policies name organization and region, older API keys their organization (`pkg/components/apikeygen`). */
export declare function decodeGrafana(secret: string): Anatomy | undefined;
/** An Elasticsearch API key in base64: its id and its key (elastic.co, "Create API key"). */
export declare function decodeElasticsearch(secret: string): Anatomy | undefined;
