import type { Locale } from '../../src/base/text.ts';
import { numberFormat } from './intl.ts';

/** How a column's values are read, as the shelf names it. */
export type ValueKind = 'text' | 'day' | 'count' | 'number' | 'rate' | 'money';

/** Where and how numbers are told. */
export interface NumberStyle {
  readonly locale: Locale;
  /** ISO code of the workspace's currency. */
  readonly currency: string;
}

/** Shown where there is no value. */
export const ABSENT = '–';

const tags: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en-US' };

interface Step {
  readonly from: number;
  readonly unit: string;
  readonly places: number;
}

/** Short forms by language, the largest first. Note: a value is told in a unit once it rounds to 1 of it. */
const steps: Readonly<Record<Locale, readonly Step[]>> = {
  zh: [
    { from: 1e8, unit: '亿', places: 2 },
    { from: 1e4, unit: '万', places: 1 },
  ],
  en: [
    { from: 1e9, unit: 'B', places: 2 },
    { from: 1e6, unit: 'M', places: 2 },
    { from: 1e3, unit: 'K', places: 1 },
  ],
};

/** Below it a number is told in full, in both languages. */
const IN_FULL = 10_000;

/** A number cut to its largest unit: 1.2万, 3.45亿; 12.3K, 4.5M. Below 10,000 it stands in full. */
export function short(value: number, locale: Locale): string {
  const size = Math.abs(value);
  const step = size < IN_FULL - 0.5 ? undefined : steps[locale].find((each) => reaches(size, each));
  if (!step) return grouped(value, locale, Number.isInteger(value) ? 0 : 2);
  return `${grouped(value / step.from, locale, step.places)}${step.unit}`;
}

/** Whether a size is at least 1 of a unit as it would be written in the next smaller one. */
function reaches(size: number, { from }: Step): boolean {
  return size >= from * 0.999995;
}

/** A number with its thousands marked, all its digits up to `places` decimals. */
export function grouped(value: number, locale: Locale, places: number): string {
  return numberFormat(tags[locale], { maximumFractionDigits: places }).format(value);
}

/** A share 0..1 as percent with one decimal. */
export function percent(value: number, locale: Locale): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return numberFormat(tags[locale], { style: 'percent', ...digits }).format(value);
}

/** Money of the workspace's currency in full. */
export function money(value: number, { locale, currency }: NumberStyle): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return numberFormat(tags[locale], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...digits,
  }).format(value);
}

/** The sign of the workspace's currency. */
export function currencySign({ locale, currency }: NumberStyle): string {
  const parts = numberFormat(tags[locale], { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return parts.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
}

function shortMoney(value: number, style: NumberStyle): string {
  const size = Math.abs(value);
  if (size < IN_FULL && !Number.isInteger(value)) return money(value, style);
  return `${value < 0 ? '-' : ''}${currencySign(style)}${short(size, style.locale)}`;
}

/** A value in full, as tables and tips show it. */
export function exact(value: unknown, kind: ValueKind, style: NumberStyle): string {
  if (value === null || value === undefined || value === '') return ABSENT;
  if (typeof value !== 'number') return String(value);
  if (kind === 'rate') return percent(value, style.locale);
  if (kind === 'money') return money(value, style);
  return grouped(value, style.locale, kind === 'count' ? 0 : 4);
}

/** A value as cards and charts show it: short, with its unit. */
export function brief(value: unknown, kind: ValueKind, style: NumberStyle): string {
  if (typeof value !== 'number') return exact(value, kind, style);
  if (kind === 'rate') return percent(value, style.locale);
  if (kind === 'money') return shortMoney(value, style);
  return short(value, style.locale);
}

/** A difference with its sign and shape: ▲ 3.2%, ▼ 120. Shares differ in points. */
export function difference(value: number, kind: ValueKind, style: NumberStyle): string {
  const shape = value > 0 ? '▲' : value < 0 ? '▼' : '＝';
  if (kind === 'rate') {
    const points = Math.abs(value * 100).toFixed(1);
    return `${shape} ${style.locale === 'zh' ? `${points} 个百分点` : `${points} pp`}`;
  }
  return `${shape} ${brief(Math.abs(value), kind, style)}`;
}
