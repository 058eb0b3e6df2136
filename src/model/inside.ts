import { sep } from "node:path";

/** Whether a path is a folder or below it; both are absolute, and without `..`. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
