/** The module that some base64 holds, compiled once a thread. */
export declare function compiled(base64: string): WebAssembly.Module;
