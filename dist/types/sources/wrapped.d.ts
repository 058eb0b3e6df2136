/** Whether a text is to be opened, since its bytes are not what it says: an archive, or UTF-16. */
export declare function isWrapped(bytes: Buffer): boolean;
/** Whether a text is an archive, or compressed in a format that is not read. */
export declare function isArchive(bytes: Buffer): boolean;
