import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { type Stretch, Unpacker } from "../src/kernel/history.ts";
import { Kernel } from "../src/kernel/kernel.ts";
import { median } from "./measure.ts";

/** Inflating beside node:zlib in the same process, in turn: megabytes a second of long text, microseconds of an object of each size. */
export function unpackFigures(): Record<string, number> {
  const text = textOf(30e6);
  const unpacker = new Unpacker(new Kernel([]), { memory: 256 << 20, input: 16 << 20 });
  const [own, node] = compare(unpacker, [text], 15);
  const megabytes = text.length / 1e6;
  const figures: Record<string, number> = {
    "text MB": Math.round(megabytes),
    "text, MB/s": Math.round(megabytes / own),
    "text, MB/s of node:zlib": Math.round(megabytes / node),
    "text, times node:zlib": round(node / own),
  };
  for (const size of [50, 200, 1024, 4096, 16384]) {
    const objects = Array.from({ length: 1000 }, (_, i) => {
      const at = (i * 104729) % (text.length - size);
      return text.subarray(at, at + size);
    });
    const [own, node] = compare(unpacker, objects, 25);
    figures[`${size} bytes, µs`] = round(own * 1e3);
    figures[`${size} bytes, times node:zlib`] = round(node / own);
  }
  return figures;
}

/** Median seconds for all of them, of ours and of node:zlib, once the answer was checked. */
function compare(unpacker: Unpacker, texts: readonly Buffer[], rounds: number): [own: number, node: number] {
  const streams = texts.map((text) => deflateSync(text));
  const { input } = unpacker;
  const packed: Stretch[] = [];
  let at = 0;
  for (const stream of streams) {
    packed.push({ at: input.base + at, size: stream.length });
    at += stream.copy(input.bytes, at);
  }
  const into = unpacker.push(texts[0]!.length)!;
  packed.forEach((from, i) => {
    const size = unpacker.inflate(from, into);
    const right = size === texts[i]!.length && unpacker.bytes(into).equals(texts[i]!);
    if (!right) throw new Error(`the answer is wrong: ${size} of ${texts[i]!.length} bytes`);
  });
  const own: number[] = [];
  const node: number[] = [];
  for (let round = 0; round < rounds; round++) {
    own.push(seconds(() => packed.map((from) => unpacker.inflate(from, into))));
    node.push(seconds(() => streams.map((stream) => inflateSync(stream).length)));
  }
  unpacker.pop(into);
  return [median(own), median(node)];
}

function seconds(run: () => void): number {
  const started = performance.now();
  run();
  return (performance.now() - started) / 1000;
}

/** Source text: the files of LEAKREACH_BENCH, or those that building this project needs. */
function textOf(most: number): Buffer {
  const root = process.env.LEAKREACH_BENCH ?? "node_modules";
  const parts: Buffer[] = [];
  let size = 0;
  for (const name of readdirSync(root, { recursive: true }).map(String).sort()) {
    if (!/\.(?:c|h|sh|txt|po|js|mjs|ts|md|json|yml)$/.test(name) || size >= most) continue;
    const bytes = readFile(join(root, name));
    if (bytes.length > 3e5) continue;
    parts.push(bytes);
    size += bytes.length;
  }
  return Buffer.concat(parts).subarray(0, most);
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    // A folder or a broken link with such a name.
    return Buffer.alloc(0);
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
