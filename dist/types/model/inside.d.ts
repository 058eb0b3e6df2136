/** Whether a path is a folder or below it; both are absolute, and without `..`. */
export declare const isInside: (path: string, folder: string) => boolean;
