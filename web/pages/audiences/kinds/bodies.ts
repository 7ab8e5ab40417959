/** Bounds of a number, both included. */
export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** The last `days`, or the days from one to another. */
export interface Span {
  readonly days?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const whereColumns = [
  'brand',
  'category_id',
  'item_id',
  'platform',
  'channel',
  'campaign_id',
  'creative_id',
  'content_id',
  'creator_id',
  'keyword',
] as const;
export type WhereColumn = (typeof whereColumns)[number];
export type Where = Readonly<Partial<Record<WhereColumn, readonly string[] | undefined>>>;

type Check = (value: unknown) => boolean;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an object of these keys only, each as its check has it; all may be absent. */
export function hasOnly(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([key, each]) => Object.hasOwn(checks, key) && (each === undefined || checks[key]?.(each)),
    )
  );
}

export const isNumber: Check = (value) => typeof value === 'number';
export const isText: Check = (value) => typeof value === 'string';
export const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
export const isRange: Check = (value) => hasOnly(value, { min: isNumber, max: isNumber });
export const isSpan: Check = (value) => hasOnly(value, { days: isNumber, from: isText, to: isText });
export const isWhere: Check = (value) =>
  hasOnly(value, Object.fromEntries(whereColumns.map((column) => [column, isTexts])));

/** An object without the keys that say nothing. */
export function given<T extends object>(body: T): T {
  const entries = Object.entries(body).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T; // as: what is left out may be absent
}
