/** One value of a tag in the portrait of an audience, against its base. */
export interface TgiCell {
  readonly tag: string;
  readonly value: string;
  readonly consumers: number;
  readonly share: number | null;
  readonly base_share: number | null;
  /** 100 is the base; absent where too few are to be expected. */
  readonly tgi: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Rate of false discoveries at which it would stand out. */
  readonly q: number | null;
}

/** What chance alone would bring about less often than once in twenty. */
const LEVEL = 0.05;
const EVEN = 100;
/** Value of the row that tells how many have any value of a tag. */
const COVERAGE = '*';

/** Whether an audience differs from its base in a value beyond chance. */
export function standsOut({ q, low, high }: TgiCell): boolean {
  if (q !== null) return q < LEVEL;
  return low !== null && high !== null && (low > EVEN || high < EVEN);
}

/** Values that are told: with an index, without the rows that tell how many have any value. */
function told(cells: readonly TgiCell[]): TgiCell[] {
  return cells.filter(({ tgi, value }) => tgi !== null && value !== COVERAGE);
}

const distance = ({ tgi }: TgiCell): number => Math.abs(Math.log(Math.max(1, tgi ?? EVEN) / EVEN));

/** The values that stand out the most, whatever their tag; the farthest from the base first. */
export function mostDistinct(cells: readonly TgiCell[], most: number): TgiCell[] {
  return told(cells)
    .filter(standsOut)
    .toSorted((a, b) => distance(b) - distance(a))
    .slice(0, most);
}

/** The values of one tag, those of the most consumers first. */
export function ofTag(cells: readonly TgiCell[], tag: string): TgiCell[] {
  return cells
    .filter((each) => each.tag === tag && each.value !== COVERAGE)
    .toSorted((a, b) => b.consumers - a.consumers);
}

/** The values of one tag in a given order, those that it does not name behind. */
export function inOrder(cells: readonly TgiCell[], tag: string, order: readonly string[]): TgiCell[] {
  const place = ({ value }: TgiCell) => (order.includes(value) ? order.indexOf(value) : order.length);
  return ofTag(cells, tag).toSorted((a, b) => place(a) - place(b));
}

/** Tags of a portrait in their order. */
export function tagsOf(cells: readonly TgiCell[]): string[] {
  return [...new Set(cells.map(({ tag }) => tag))];
}

/** The upper end of the scale: the highest bound, within reason, and never below twice the base. */
export function scaleOf(cells: readonly TgiCell[]): number {
  const highest = Math.max(0, ...cells.map(({ tgi, high }) => Math.min(high ?? 0, 1.5 * (tgi ?? 0)), 0));
  return Math.min(1000, Math.max(200, Math.ceil(highest / 50) * 50));
}
