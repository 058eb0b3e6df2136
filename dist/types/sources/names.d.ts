/**
 * A file name as text. A byte that is not UTF-8 becomes a lone surrogate, as in Python (PEP 383), so that no file is out
 * of reach because of how it is called; reports escape it.
 */
export declare function nameOf(bytes: Buffer): string;
/** What the file system calls a file whose name is this text: the way back from {@link nameOf}. */
export declare function onDisk(path: string): string | Buffer;
