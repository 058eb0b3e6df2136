/** The fields at the head of a commit or tag, and where the message begins (git-cat-file(1), gitformat of commits: "key SP value", a line that begins with a space goes on). */
export interface ObjectHeader {
  readonly fields: readonly (readonly [name: string, value: Buffer])[];
  /** Where the message begins, behind the empty line; the content's length if there is none. */
  readonly message: number;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
/** A merge of a hundred thousand parents is the largest that stays readable. */
const MOST_FIELDS = 100_000;

/** Reads the head of a commit or tag. A line without a value, and all behind the largest number of fields, is passed over. */
export function readHeader(content: Buffer): ObjectHeader {
  const fields: [string, Buffer][] = [];
  for (let at = 0; at < content.length; ) {
    if (content[at] === NEWLINE) return { fields, message: at + 1 };
    let end = lineEnd(content, at);
    while (content[end + 1] === SPACE) end = lineEnd(content, end + 1);
    const space = content.indexOf(SPACE, at);
    if (space > at && space < end && fields.length < MOST_FIELDS)
      fields.push([content.toString("latin1", at, space), content.subarray(space + 1, end)]);
    at = end + 1;
  }
  return { fields, message: content.length };
}

function lineEnd(content: Buffer, from: number): number {
  const end = content.indexOf(NEWLINE, from);
  return end < 0 ? content.length : end;
}

/** Who did something, and when. */
export interface Signature {
  /** Name and address as written, in the encoding of the object: `A U Thor <author@example.org>`. */
  readonly who: Buffer;
  /** Seconds since 1970; undefined where the date cannot be read. */
  readonly time?: number;
  /** Minutes east of Greenwich. */
  readonly zone?: number;
}

/** Reads `NAME <ADDRESS> SECONDS ZONE`; the date is taken from behind the last `>`, since a broken name may hold one. */
export function readSignature(value: Buffer): Signature {
  const close = value.lastIndexOf(">");
  const date = /^ *(-?\d{1,15})(?: ([+-])(\d{2,4}))?/.exec(value.toString("latin1", close + 1, close + 64));
  if (close < 0 || !date) return { who: value };
  const who = value.subarray(0, close + 1);
  if (!date[3]) return { who, time: Number(date[1]) };
  const zone = Math.floor(Number(date[3]) / 100) * 60 + (Number(date[3]) % 100);
  return { who, time: Number(date[1]), zone: date[2] === "-" && zone > 0 ? -zone : zone };
}
