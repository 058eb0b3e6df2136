import type { ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import schema from "../../docs/settings.schema.json" with { type: "json" };
import { ScanError, type ScanErrorCode } from "../model/index.ts";
import { type Fault, parseDocument, type SettingsDocument } from "./document.ts";
import { nearest } from "./nearest.ts";

/** Which part of docs/settings.schema.json a file is checked against. */
export type Shape = "" | "#/$defs/ruleFile";

/** A file that was read: its values, and a way to complain about them. */
export interface Checked<T> {
  readonly value: T;
  /** `.leakreach.yml:12`, for notices about the entry at a path. */
  where(path: readonly (string | number)[]): string;
  fault(path: readonly (string | number)[], text: string): Fault;
  /** Throws one error that lists every fault with its line and column; does nothing when there is none. */
  refuse(faults: readonly Fault[]): void;
}

const MOST_FAULTS = 20;
/** Finding the place of a fault takes time, and nobody reads a thousand. */
const MOST_PLACED = 200;
let engine: ReturnType<typeof compileSchema> | undefined;

/** Parses YAML and checks it against a part of the settings' schema; one error lists everything that is wrong. */
export function check<T>(text: string, name: string, shape: Shape, code: ScanErrorCode, pick = same): Checked<T> {
  const document = parseDocument(text);
  const refuse = (faults: readonly Fault[]) => {
    if (faults.length > 0) throw new ScanError(code, message(name, document, faults));
  };
  refuse(document.faults);
  const value = pick(document.value ?? {});
  refuse(faultsOf(value, document, shape));
  return {
    value: value as T,
    where: (path) => `${name}:${document.place(document.find(path)).split(":")[0]}`,
    fault: (path, what) => ({ at: document.find(path), text: `${spelled(path)}${what}` }),
    refuse,
  };
}

function same(value: unknown): unknown {
  return value;
}

function message(name: string, document: SettingsDocument, faults: readonly Fault[]): string {
  const sorted = faults.toSorted((a, b) => a.at - b.at);
  const lines = [...new Set(sorted.map(({ at, text }) => `${name}:${document.place(at)}: ${printable(text)}`))];
  const left = lines.length - MOST_FAULTS;
  return [...lines.slice(0, MOST_FAULTS), ...(left > 0 ? [`and ${left} more`] : [])].join("\n");
}

/** Keys come from a file that may be hostile: no terminal escapes, no walls of text. */
function printable(text: string): string {
  return text
    .slice(0, 600)
    .replace(
      /[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

// This module is loaded only when there is a file to check, so it may import its heavy engines outright.
function compileSchema() {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictRequired: false });
  return ajv.addSchema(schema);
}

function faultsOf(value: unknown, document: SettingsDocument, shape: Shape): Fault[] {
  engine ??= compileSchema();
  const validate = engine.getSchema(schema.$id + shape)!;
  if (validate(value)) return [];
  const told = (validate.errors ?? []).filter(
    (error) => error.propertyName === undefined && !/\/(?:anyOf|oneOf)\/\d/.test(error.schemaPath),
  );
  return told.slice(0, MOST_PLACED).map((error) => toFault(error, document));
}

function toFault(error: ErrorObject, document: SettingsDocument): Fault {
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const key =
    (error.params as { additionalProperty?: string; propertyName?: string }).additionalProperty ??
    (error.params as { propertyName?: string }).propertyName;
  return { at: document.find(path, key), text: `${spelled(path)}${explain(error)}` };
}

/** `allow[0].reason: `, and nothing for the file as a whole. */
function spelled(path: readonly (string | number)[]): string {
  const text = path.map((step) => (/^\d+$/.test(String(step)) ? `[${step}]` : `.${short(String(step))}`)).join("");
  return text === "" ? "" : `${text.replace(/^\./, "")}: `;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

interface Described {
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

/** What is wrong, and what to write instead. Values are not repeated: one of them may be a secret. */
function explain({ keyword, params, parentSchema, data, instancePath }: ErrorObject): string {
  const about = parentSchema as Described;
  const title = instancePath === "" ? undefined : about.title;
  switch (keyword) {
    case "additionalProperties":
      return unknownKey(String(params.additionalProperty), Object.keys(about.properties ?? {}));
    case "required":
      return missing(String(params.missingProperty), about);
    case "enum":
      return oneOf(data, params.allowedValues as readonly unknown[]);
    case "const":
      return `must be ${params.allowedValue}`;
    case "type":
      return `must be ${title ?? TYPES[params.type as string] ?? params.type}${quoteHint(params.type as string, data)}`;
    case "propertyNames":
      return `\`${short(String(params.propertyName))}\` must be ${NAME}`;
    case "dependentRequired":
      return `\`${params.property}\` goes with \`${params.missingProperty}\`: add that, or leave it out`;
    case "anyOf":
    case "oneOf":
      return `must be ${about.description}`;
    default:
      return `must be ${title ?? LIMITS[keyword] ?? "something else"}`;
  }
}

const NAME = schema.$defs.name.title;

const TYPES: Readonly<Record<string, string>> = {
  array: "a list: [a, b], or lines that start with `- `",
  object: "a mapping: lines of `key: value`",
  string: "text",
  boolean: "true or false",
  number: "a number",
  integer: "a whole number",
};

const LIMITS: Readonly<Record<string, string>> = {
  minItems: "a list with something in it",
  maxItems: "a shorter list",
  minLength: "longer",
  maxLength: "shorter",
};

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return `unknown key \`${short(key)}\`; ${meant ? `did you mean \`${meant}\`?` : `known are ${known.filter((name) => name !== "$schema").join(", ")}`}`;
}

function missing(key: string, { properties }: Described): string {
  const described = properties?.[key];
  const why = described?.description ?? schema.$defs[key as "reason"]?.description;
  return `\`${key}\` is missing${why ? `: ${why.replace(/\.$/, "")}` : ""}`;
}

function oneOf(data: unknown, allowed: readonly unknown[]): string {
  const meant = typeof data === "string" ? nearest(data, allowed.map(String)) : undefined;
  return `must be one of ${allowed.join(", ")}${meant ? `; did you mean ${meant}?` : ""}`;
}

function quoteHint(wanted: string, data: unknown): string {
  return wanted === "string" && (typeof data === "number" || typeof data === "boolean") ? "; write it in quotes" : "";
}
