import { Stripper } from "../kernel/strip.ts";
import type { LogFacts, LogOrigin, LogPlace, LogSystem, Region, Span } from "../model/index.ts";
import { Masks } from "./masks.ts";
import { Messages, PIECE } from "./messages.ts";
import { nameOf } from "./names.ts";
import { type Made, Normaliser } from "./normaliser.ts";
import type { OffsetMap, Origin } from "./offset-map.ts";
import { MOST, type Reading, readingsOf } from "./readings.ts";
import { Steps } from "./steps.ts";
import { HEAD, systemOf } from "./system.ts";
import { unwrapped } from "./wrapped-lines.ts";

const LF = 0x0a;

/** Gives lines and columns of the made text: of offsets in the room, in order. */
export type Regions = (start: number, end: number) => Region;

/** A stage of making the text that is scanned of the raw one. */
interface Stage {
  readonly map: OffsetMap;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** What is to be made, from its start. */
  readonly input: Buffer;
  run(length: number, over: boolean): Made;
}

/** Strippers that no log uses now. */
const idle: Stripper[] = [];

/** A raw place of something in a log. */
export interface Placed {
  readonly span: Span;
  readonly region: Region;
}

/** Takes pieces of the raw text of a log and gives the text to scan, piece by piece. */
export class Log {
  readonly path: string;
  readonly #origin: LogOrigin | undefined;
  #system: LogSystem | undefined;
  readonly #stripper = idle.pop() ?? new Stripper();
  readonly #normaliser = new Normaliser(this.#stripper);
  #stages: readonly Stage[] = [this.#normaliser];
  /** Bytes that wait in the input of each stage. */
  readonly #waiting = [0, 0];
  #steps = new Steps("plain");
  #masks = new Masks("plain");
  #ready: Buffer = Buffer.alloc(0);
  /** Offset of the room's first byte in the made text. */
  #offset = 0;
  /** The start of the line that the room begins in: in the made text and in the raw one. */
  #line = { to: 0, from: 0 };
  /** Raw bytes taken, and those that were counted. */
  #taken = 0;
  #counted = 0;

  constructor(path: string, origin?: LogOrigin) {
    this.path = path;
    this.#origin = origin;
  }

  /** What waits to be read. */
  take(into: Buffer): number {
    const size = this.#ready.copy(into);
    this.#ready = this.#ready.subarray(size);
    return size;
  }

  /** The buffer that the next raw bytes are to be put in. */
  get room(): Buffer {
    const waiting = this.#waiting[0]!;
    return this.#stages[0]!.input.subarray(waiting, waiting + PIECE);
  }

  /** Says that so many raw bytes came; 0 at the end. What they make is then ready. */
  push(count: number): void {
    this.#waiting[0]! += count;
    this.#taken += count;
    if (this.#system !== undefined || count === 0 || this.#waiting[0]! >= HEAD) this.settle(count === 0);
  }

  /** Makes text of what came, though it may be too little to tell whose log it is. */
  settle(over: boolean): void {
    if (this.#system === undefined) this.#recognise(this.#normaliser.input.subarray(0, this.#waiting[0]));
    this.#ready = this.#run(0, over);
  }

  #recognise(head: Buffer): void {
    const told = systemOf(head);
    this.#system = told === "plain" ? (this.#origin?.system ?? told) : told;
    if (told === "circleci") {
      const messages = new Messages();
      head.copy(messages.input);
      this.#stages = [messages, this.#normaliser];
    }
    this.#steps = new Steps(this.#system);
    this.#masks = new Masks(this.#system);
  }

  /** Runs the stages from one on. */
  #run(at: number, over: boolean): Buffer {
    const stage = this.#stages[at]!;
    const waiting = this.#waiting[at]!;
    const { used, made } = stage.run(waiting, over);
    const next = this.#stages[at + 1];
    if (next) {
      made.copy(next.input, this.#waiting[at + 1]!);
    }
    stage.input.copyWithin(0, used, waiting);
    this.#waiting[at] = waiting - used;
    if (!next) return made;
    this.#waiting[at + 1]! += made.length;
    return this.#run(at + 1, over);
  }

  get system(): LogSystem {
    return this.#system ?? "plain";
  }

  /** Raw bytes that came since this was asked last. */
  count(): number {
    const count = this.#taken - this.#counted;
    this.#counted = this.#taken;
    return count;
  }

  /** Other readings of the room's lines. */
  readings(room: Buffer, length: number): Reading[] {
    const offset = this.#offset;
    const joints = this.#normaliser.joints.between(offset, offset + length);
    const whole = unwrapped(room, length, MOST);
    if (joints.length === 0) return whole;
    const inRoom = joints.map(({ to, cut }) => ({ to: to - offset, cut }));
    return [...readingsOf(room, length, inRoom), ...whole];
  }

  /** Where [start, end) of the room stands in the raw text. */
  place(room: Buffer, start: number, end: number, regions: Regions): Placed {
    const last = Math.max(start, end - 1);
    const [from, to] = [this.#place(room, start, regions), this.#place(room, last, regions)];
    const more = end - last;
    return {
      span: { start: from.offset, end: to.offset + more },
      region: { line: from.line, column: from.column, endLine: to.line, endColumn: to.column + more },
    };
  }

  /** Where a secret stands in what was cut out at a place of the room; behind it, where that is not known. */
  placeInCut(room: Buffer, at: number, secret: string, regions: Regions): Placed {
    const behind = this.place(room, at, at, regions);
    const joint = this.#normaliser.joints.with(this.#offset + at, secret);
    if (joint?.end === undefined || this.#stages.length > 1) return behind;
    const start = joint.end - joint.cut.length + joint.cut.indexOf(secret);
    const { line, column } = behind.region;
    const first = column - (behind.span.start - start);
    if (first < 1) return behind;
    return {
      span: { start, end: start + secret.length },
      region: { line, column: first, endLine: line, endColumn: first + secret.length },
    };
  }

  #place(room: Buffer, at: number, regions: Regions): { offset: number; line: number; column: number } {
    const to = this.#offset + at;
    const inner = this.#normaliser.map.at(to);
    const start = this.#lineStart(room, at, inner);
    const units = (offset: number) => regions(offset, offset).column - 1;
    const messages = this.#stages.length > 1 ? this.#stages[0]!.map.at(inner.from) : undefined;
    const line = regions(at, at).line + inner.feeds + (messages?.feeds ?? 0);
    if (messages) return { offset: messages.from, line, column: messages.from - messages.lineStart + 1 };
    const visible =
      start.to <= this.#offset || room[start.to - this.#offset - 1] === LF
        ? units(at)
        : units(at) - units(start.to - this.#offset);
    const hidden = inner.from - start.from - (to - start.to);
    return { offset: inner.from, line, column: 1 + visible + hidden };
  }

  /** The start of the raw line of a place: the last line feed before it, or one that was left out. */
  #lineStart(room: Buffer, at: number, { lineStart, lined }: Origin): { to: number; from: number } {
    const feed = at > 0 ? room.lastIndexOf(LF, at - 1) : -1;
    const to = feed < 0 ? this.#line.to : this.#offset + feed + 1;
    if (lined >= to) return { to: lined, from: lineStart };
    return feed < 0 ? this.#line : { to, from: this.#normaliser.map.at(to - 1).from + 1 };
  }

  /** Everything that is known of a place in the room. Places are asked for in order. */
  about(room: Buffer, length: number, at: number): LogPlace {
    const step = this.#steps.at(room, length, at);
    const known = this.#timeAt(room, at);
    const names = { ...this.#origin, ...nameOf(this.path, this.system) };
    return { ...names, system: this.system, ...(step !== undefined && { step }), ...known };
  }

  #timeAt(room: Buffer, at: number): Pick<LogPlace, "time" | "exact"> {
    const inner = this.#normaliser.map.at(this.#offset + at);
    const messages = this.#stages.length > 1 ? this.#stages[0]!.map.at(inner.from) : undefined;
    const time = messages?.time ?? inner.time;
    const timed = messages ? -1 : inner.timed - this.#offset;
    if (this.#steps.time !== undefined && this.#steps.timed > timed) return { time: this.#steps.time };
    if (Number.isNaN(time)) return {};
    const own = !messages && timed > (at > 0 ? room.lastIndexOf(LF, at - 1) : -1);
    return { time, ...(own && { exact: true }) };
  }

  /** The first `bytes` of the room, which has `length`, are about to leave it. */
  advance(room: Buffer, length: number, bytes: number, regions: Regions): void {
    this.#masks.read(room, bytes, (at) => this.#place(room, at, regions).line);
    this.#steps.advance(room, length, bytes);
    this.#line = this.#lineStart(room, bytes, this.#normaliser.map.at(this.#offset + bytes));
    this.#offset += bytes;
    this.#normaliser.joints.forget(this.#offset);
    this.#normaliser.map.forget(this.#offset);
    if (this.#stages.length > 1) this.#stages[0]!.map.forget(this.#normaliser.map.at(this.#offset).from);
  }

  /** What is known of the log at its end; nothing is asked of it after that. */
  end(): LogFacts {
    idle.push(this.#stripper);
    const firsts = [...this.#stages, this.#steps].flatMap(({ first }) => first ?? []);
    const lasts = [...this.#stages, this.#steps].flatMap(({ last }) => last ?? []);
    return {
      path: this.path,
      system: this.system,
      ...(firsts.length > 0 && { started: Math.min(...firsts) }),
      ...(lasts.length > 0 && { ended: Math.max(...lasts) }),
      masked: Object.fromEntries(this.#masks.names),
    };
  }
}

/** Makes a log of a text with such a path. */
export const openLog = (path: string, origin?: LogOrigin): Log => new Log(path, origin);
