/** Marvin32 with an 8-byte seed label, folded to 32 bits (microsoft/security-utilities, `Marvin.ComputeHash32`). */
export declare function marvin32(bytes: Uint8Array, seed: string): number;
/** A label of eight characters is its own seed, big-endian (`IdentifiableMetadata.cs`). */
export declare function seedOf(label: string): bigint;
/** Marvin32 as SymCrypt defines it (`marvin32.c`): high word p1, low word p0. */
export declare function marvin64(bytes: Uint8Array, seed: bigint): bigint;
