const modules = new Map<string, WebAssembly.Module>();

/** The module that some base64 holds, compiled once a thread. */
export function compiled(base64: string): WebAssembly.Module {
  const known = modules.get(base64) ?? new WebAssembly.Module(Buffer.from(base64, "base64"));
  modules.set(base64, known);
  return known;
}
