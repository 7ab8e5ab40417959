import type { SchemaTree } from 'hyparquet';

/** Text of a value of one column. */
export type TextOf = (value: unknown) => string;

const second = { MILLIS: 1_000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;

/**
 * How a column's values become text, exactly: days as `YYYY-MM-DD`, moments as ISO 8601 (with `Z` where the file says
 * they are UTC, bare where it says they are local), decimals with all their digits, lists joined by `|`.
 * Note: takes the column's annotation off its schema, so that the library hands over the stored integers: it would
 * make decimals floats and cut moments to milliseconds.
 */
export function textOfColumn(column: SchemaTree): TextOf {
  const leaf = onlyLeaf(column);
  return listed(leaf === undefined ? anyText : bareText(leaf));
}

/** The leaf of a column that has but one; a column of records within has more. */
function onlyLeaf(column: SchemaTree): SchemaTree | undefined {
  const [child, ...others] = column.children;
  if (child === undefined) return column;
  return others.length > 0 || column.element.converted_type === 'MAP' ? undefined : onlyLeaf(child);
}

function bareText({ element }: SchemaTree): TextOf {
  const { converted_type: converted, logical_type: logical, type } = element;
  const text = annotatedText(converted, logical, element.scale ?? 0);
  if (text !== undefined) {
    delete element.converted_type;
    delete element.logical_type;
    return text;
  }
  return type === 'FLOAT' ? singleText : anyText;
}

function annotatedText(
  converted: SchemaTree['element']['converted_type'],
  logical: SchemaTree['element']['logical_type'],
  scale: number,
): TextOf | undefined {
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const places = logical?.type === 'DECIMAL' ? logical.scale : scale;
    return (value) => decimalText(value, places);
  }
  if (converted === 'DATE' || logical?.type === 'DATE')
    return (value) => momentText(integer(value) * 86_400n, 1n).slice(0, 10);
  if (logical?.type === 'TIMESTAMP') {
    const zone = logical.isAdjustedToUTC ? 'Z' : '';
    return (value) => momentText(integer(value), second[logical.unit]) + zone;
  }
  if (converted === 'TIMESTAMP_MILLIS') return (value) => `${momentText(integer(value), second.MILLIS)}Z`;
  if (converted === 'TIMESTAMP_MICROS') return (value) => `${momentText(integer(value), second.MICROS)}Z`;
  return undefined;
}

/** A moment counted in parts of a second since 1970 as ISO 8601, its fraction only where it has one. */
export function momentText(count: bigint, perSecond: bigint): string {
  const rest = ((count % perSecond) + perSecond) % perSecond;
  const whole = new Date(Number((count - rest) / perSecond) * 1000).toISOString().slice(0, -5);
  return rest === 0n ? whole : `${whole}.${String(rest).padStart(String(perSecond).length - 1, '0')}`;
}

function decimalText(value: unknown, scale: number): string {
  const unscaled = integer(value);
  if (scale === 0) return String(unscaled);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A stored integer: a number, or the bytes of one, the highest first, in two's complement. */
function integer(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint);
  return value.length === 0 ? 0n : BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString('hex')}`));
}

/** The shortest decimal that is the same single-precision number. */
function singleText(value: unknown): string {
  const number = Number(value);
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return String(short);
  }
  return String(number);
}

function anyText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'object' ? JSON.stringify(value, jsonValue) : String(value);
}

function jsonValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
}

function listed(one: TextOf): TextOf {
  const text: TextOf = (value) => (value === null || value === undefined ? '' : one(value));
  return (value) => (Array.isArray(value) ? value.map(text).join('|') : text(value));
}
