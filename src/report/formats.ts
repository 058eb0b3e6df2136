/** The formats of a report. In a file of its own, as a command line needs the names long before any writer. */
export const FORMATS = ["text", "json", "jsonl", "sarif", "gitlab", "junit", "html", "csv", "markdown"] as const;

export type Format = (typeof FORMATS)[number];
