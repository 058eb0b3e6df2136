import { ScanError } from "../../model/index.ts";

/** The version of what a store holds. Raise it with a step in {@link STEPS}. */
export const STORE_SCHEMA = 1;

type Value = Readonly<Record<string, unknown>>;

/** What turns a value of one version into one of the next, by the version it starts from. */
const STEPS: Readonly<Record<number, (value: Value) => Value>> = {};

/** Brings what an older leakreach wrote to the form of today; what a newer one wrote is refused. */
export function migrated(value: unknown, file: string, steps = STEPS, today = STORE_SCHEMA): Value {
  let schema = isObject(value) ? value.schema : undefined;
  if (!isObject(value) || typeof schema !== "number")
    throw new ScanError("store-invalid", `${file} is nothing that leakreach keeps in a store`);
  if (schema > today)
    throw new ScanError(
      "store-invalid",
      `${file} was written by a newer leakreach (schema ${schema}, this one knows ${today}): use that one, or another --store`,
    );
  let now: Value = value;
  for (; typeof schema === "number" && schema < today; schema++) {
    const step = steps[schema];
    if (!step) throw new ScanError("store-invalid", `${file} is of schema ${schema}, which no leakreach wrote`);
    now = { ...step(now), schema: schema + 1 };
  }
  return now;
}

const isObject = (value: unknown): value is Value =>
  typeof value === "object" && value !== null && !Array.isArray(value);
