import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeFolder } from "../sources/make-folder.ts";
import type { Begin } from "./provider.ts";

/** Where fetched logs are kept until they were looked through: a folder that only this user may open, removed at the end. */
export class Files {
  readonly root = mkdtempSync(join(tmpdir(), "leakreach-logs-"));
  /** Bytes that are kept. */
  bytes = 0;
  readonly #sizes = new Map<string, number>();
  readonly #remove = (): void => rmSync(this.root, { recursive: true, force: true });

  constructor() {
    process.once("exit", this.#remove);
  }

  /** Opens files to be written; `close` ends the last one. */
  writer(): { readonly begin: Begin; readonly close: () => void } {
    let open: number | undefined;
    const close = (): void => {
      if (open !== undefined) closeSync(open);
      open = undefined;
    };
    const begin: Begin = (path) => {
      close();
      const file = join(this.root, path);
      makeFolder(dirname(file), 0o700);
      const fd = openSync(file, "w", 0o600);
      open = fd;
      return (piece) => {
        for (let at = 0; at < piece.length; ) at += writeSync(fd, piece, at);
      };
    };
    return { begin, close };
  }

  /** Counts files that are whole. */
  keep(paths: readonly string[]): void {
    for (const path of paths) {
      const { size } = statSync(join(this.root, path));
      this.#sizes.set(path, size);
      this.bytes += size;
    }
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { force: true });
    this.bytes -= this.#sizes.get(path) ?? 0;
    this.#sizes.delete(path);
  }

  removeAll(): void {
    process.off("exit", this.#remove);
    this.#remove();
  }
}
