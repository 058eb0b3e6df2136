export type Msgpack = null | boolean | number | string | Uint8Array | readonly Msgpack[] | ReadonlyMap<Msgpack, Msgpack>;
/** Reads the first MessagePack value of some bytes (msgpack/spec.md); undefined when there is none, or too much of it. */
export declare function readMsgpack(bytes: Uint8Array): Msgpack | undefined;
