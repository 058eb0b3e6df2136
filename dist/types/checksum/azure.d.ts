/** The four characters before an identifiable key's checksum, when they name a known resource provider. */
export declare function signatureOf(secret: string): string | undefined;
/** The seed that an identifiable key's checksum fits, which names the key's role (`IdentifiableSecrets.cs`, ValidateChecksum). */
export declare function marvinRole(secret: string): string | undefined;
/** A common annotated security key (`IdentifiableSecrets.cs`, TryValidateCommonAnnotatedKey). */
export declare function cask(secret: string): boolean | undefined;
/** An Entra client secret with `8Q~` (`IdentifiableMetadata.cs`, IsAzureAadClientAppIdentifiableSecret). */
export declare function entraPassword(secret: string): boolean | undefined;
/** Whose Azure DevOps token of 52 characters this is; undefined when its checksum fits neither (`SEC101_102_AdoPat.cs`). */
export declare function adoKind(secret: string): "user" | "application" | undefined;
