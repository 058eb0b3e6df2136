import { type Hit, type Matcher, type Text } from "./matcher.ts";
import { type NameKind } from "./telling-name.ts";
/** Tests what follows a word such as `passw` or `secret` for a password or short secret assigned to the name it stands in. */
export declare function genericPassword(text: Text, matcher: Matcher, anchor: number): Hit | undefined;
/** Whether a value that stands under a name which says nothing looks like a password or a secret. */
export declare const isChosen: (value: string, name: string, path: string) => boolean;
/** Whether a value that stands under a telling name looks like a password or a secret. */
export declare function mayBeSecret(value: string, kind: NameKind, name: string, quoted: boolean, path: string): boolean;
