/** What systems write at the end of a log that grew too long, and then nothing more. */
const CUTS: readonly RegExp[] = [
  // gitlab-runner, helpers/trace/buffer.go
  /Job's log exceeded limit of \d+ bytes/,
  // travis-ci/worker, log_writer.go
  /The log length has exceeded the limit of \d+/,
  // buildkite-agent: the server stops taking chunks
  /The job log has exceeded the maximum size|exceeded the maximum log size/i,
  /\[?(?:output|log) (?:was )?truncated\b/i,
];

/** Bytes in which that stands. */
const LENGTH = 4096;

/** The end of a log that passes by. */
export class Tail {
  #bytes: Buffer = Buffer.alloc(0);

  take(piece: Uint8Array): void {
    const end = Buffer.from(piece.subarray(Math.max(0, piece.length - LENGTH)));
    this.#bytes = Buffer.concat([this.#bytes, end]).subarray(-LENGTH);
  }

  /** Why it is not all that was printed. */
  cut(): string | undefined {
    const text = this.#bytes.toString("latin1");
    if (!CUTS.some((sign) => sign.test(text))) return undefined;
    return "its system cut it, since it grew too long: what was printed after that is not in it";
  }
}
