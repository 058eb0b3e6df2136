import { type Gaps } from "./malformed.ts";
/** What the environment says of object folders: a server's quarantine is set up with it (git-receive-pack(1)). */
export interface ObjectEnvironment {
    readonly GIT_OBJECT_DIRECTORY?: string | undefined;
    readonly GIT_ALTERNATE_OBJECT_DIRECTORIES?: string | undefined;
}
/** The folders that hold a repository's objects: its own first, then those it borrows from, each once. */
export declare function objectFolders(commonDir: string, cwd: string, env: ObjectEnvironment, gaps: Gaps): readonly string[];
