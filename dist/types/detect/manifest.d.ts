import { type Hit, type Matcher, type Text } from "./matcher.ts";
/** Values of a Kubernetes Secret around its `kind`, whatever their names are: base64 in `data`, plain in `stringData`. */
export declare function valuesOfSecret(text: Text, matcher: Matcher, anchor: number): Hit[];
