/** A secret as its own file has it: a private key that is indented, or stands in a program's string or in JSON, is the same key (RFC 7468, 2). */
export declare function plainSpelling(secret: string): string;
