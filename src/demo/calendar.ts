import { addDays, type Day, dayNumber, dayOfNumber } from '../base/day.ts';
import { nth, weighted } from './random.ts';

/** Days of the demo brand's history: two years. */
export const historyDays = 730;

const DAY = 86_400;

/** The two years of the brand in seconds and days since their first midnight (business zone), and what each day is like. */
export interface Calendar {
  readonly from: Day;
  readonly end: Day;
  /** `YYYY-MM-DD` of each day. */
  readonly days: readonly string[];
  /** Season of each day, the name campaigns carry: `618-2025`, `D11-2025`, else the quarter. */
  readonly seasons: readonly string[];
  /** Part of the asking price that is paid on each day. */
  readonly discounts: readonly number[];
  /** Draws the day of a touch. */
  readonly touchDays: Uint16Array;
  /** Draws the day of an order: far more peaked than touches. */
  readonly buyDays: Uint16Array;
  /** Draws the minute of a day: quiet nights, a noon hump, an evening peak. */
  readonly minutes: Uint16Array;
}

export function makeCalendar(end: Day): Calendar {
  const from = addDays(end, 1 - historyDays);
  const first = dayNumber(from);
  const days = Array.from({ length: historyDays }, (_, i) => dayOfNumber(first + i));
  return {
    from,
    end,
    days,
    seasons: days.map(seasonOf),
    discounts: days.map((day) => ({ none: 0.92, preheat: 0.92, '618': 0.8, D11: 0.76 })[peakOf(day)]),
    touchDays: weighted(
      days.map((day, i) => pace(day, i) * touchPull(day)),
      32_768,
    ),
    buyDays: weighted(
      days.map((day, i) => pace(day, i) * buyPull(day)),
      32_768,
    ),
    minutes: weighted(
      Array.from({ length: 1440 }, (_, minute) => hourly[Math.floor(minute / 60)] ?? 1),
      8192,
    ),
  };
}

/** `preheat` are the days before a festival when carts fill and little is paid. */
export function peakOf(day: Day): 'none' | 'preheat' | '618' | 'D11' {
  const date = day.slice(5);
  if (date >= '05-31' && date <= '06-20') return '618';
  if (date >= '10-21' && date <= '11-11') return 'D11';
  if ((date >= '05-20' && date <= '05-30') || (date >= '10-10' && date <= '10-20')) return 'preheat';
  return 'none';
}

const hourly = [9, 4, 2, 1, 1, 2, 5, 10, 15, 18, 20, 20, 24, 23, 19, 18, 18, 18, 20, 26, 36, 42, 38, 22];
const opening = new Set(['05-31', '06-18', '10-21', '11-11']);

function seasonOf(day: Day): string {
  const peak = peakOf(day);
  const year = day.slice(0, 4);
  if (peak === '618' || peak === 'D11') return `${peak}-${year}`;
  return `${year}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The brand grows by a third in the two years; weekends are livelier; the weeks of the Spring Festival are calm. */
function pace(day: Day, index: number): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const date = day.slice(5);
  const calm = date >= '01-25' && date <= '02-12' ? 0.65 : 1;
  return (1 + index / (3 * historyDays)) * (weekday === 0 || weekday === 6 ? 1.15 : 1) * calm;
}

function touchPull(day: Day): number {
  if (opening.has(day.slice(5))) return 3;
  return { none: 1, preheat: 1.8, '618': 1.9, D11: 2.1 }[peakOf(day)];
}

function buyPull(day: Day): number {
  const date = day.slice(5);
  if (opening.has(date)) return date === '11-11' ? 36 : 20;
  if (date === '03-08' || date === '12-12') return 3;
  return { none: 1, preheat: 0.6, '618': 4, D11: 4.5 }[peakOf(day)];
}

const two = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));
const clock = Array.from({ length: 1440 }, (_, i) => ` ${nth(two, Math.floor(i / 60))}:${nth(two, i % 60)}:`);

/** `YYYY-MM-DD HH:mm:ss` of a second of the history. */
export function timeText(calendar: Calendar, at: number): string {
  const day = Math.floor(at / DAY);
  const second = at - day * DAY;
  return (calendar.days[day] ?? '') + (clock[Math.floor(second / 60)] ?? '') + (two[second % 60] ?? '');
}

/** Day index of a second of the history. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

/** First second after the history: nothing happens at it or later. */
export const historyEnd = historyDays * DAY;
export const secondsPerDay = DAY;
