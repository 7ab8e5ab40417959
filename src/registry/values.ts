/** PostgreSQL's own numbers for the types that JavaScript can show better than as text. */
const oid = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  timestamptz: 1184,
  numeric: 1700,
  jsonb: 3802,
} as const;

const exactDigits = 15;

function integer(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function numeric(text: string): number | bigint | string {
  if (/^-?\d+$/.test(text)) return integer(text);
  const digits = text.replace(/^-?0*\.?0*|\./g, '').length;
  return digits <= exactDigits || !/\d/.test(text) ? Number(text) : text;
}

function moment(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::(\d\d))?$/.exec(text);
  if (!parts) return text;
  const [, day, time, hours, minutes = '00'] = parts;
  return new Date(`${day}T${time}${hours}:${minutes}`).toISOString();
}

/** How each type is read from PostgreSQL's text; a type that is not here stays text. */
export const readers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [oid.bool, (text) => text === 't'],
  [oid.int8, integer],
  [oid.int2, Number],
  [oid.int4, Number],
  [oid.oid, Number],
  [oid.json, (text) => JSON.parse(text)],
  [oid.jsonb, (text) => JSON.parse(text)],
  [oid.float4, Number],
  [oid.float8, Number],
  [oid.numeric, numeric],
  [oid.timestamptz, moment],
]);

const asIs = (text: string): unknown => text;

/** How a value of this type is read from PostgreSQL's text, the same on both registries. */
export function readerOf(type: number): (text: string) => unknown {
  return readers.get(type) ?? asIs;
}

/** A value as the text that PostgreSQL reads, the same on both registries. */
export function bound(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
