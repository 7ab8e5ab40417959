import { dateFormat } from './intl.ts';

/** A calendar day `YYYY-MM-DD` of the brand's zone. Days are counted as UTC dates, so no clock shifts them. */
export type Day = string;

/** A span of days, both included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

const MS_PER_DAY = 86_400_000;

function timeOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return dayOf(timeOf(day) + days * MS_PER_DAY);
}

/** Days of a period, both ends counted. */
export function lengthOf({ from, to }: Period): number {
  return Math.round((timeOf(to) - timeOf(from)) / MS_PER_DAY) + 1;
}

/** The `days` days that end on `last`. */
export function endingOn(last: Day, days: number): Period {
  return { from: addDays(last, 1 - days), to: last };
}

/** The period of the same length that ends the day before. */
export function before(period: Period): Period {
  return endingOn(addDays(period.from, -1), lengthOf(period));
}

/** The calendar month `months` before the one of a day; the running one (0) ends on that day. */
export function monthOf(day: Day, months: number): Period {
  const date = new Date(timeOf(day));
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1);
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 1);
  return { from: dayOf(first), to: months === 0 ? day : dayOf(next - MS_PER_DAY) };
}

/** The two great sales of the year, by the day they are named for; their campaign begins some days earlier. */
export const festivals = [
  { id: 'mid618', day: '06-18', opens: '06-01', closes: '06-20' },
  { id: 'double11', day: '11-11', opens: '11-01', closes: '11-11' },
] as const;
export type FestivalId = (typeof festivals)[number]['id'];

/** The latest campaign of a sale that has begun by a day, cut off at that day. */
export function festivalBy(last: Day, id: FestivalId): Period {
  const festival = festivals.find((each) => each.id === id) ?? festivals[0];
  const year = Number(last.slice(0, 4));
  const opened = `${year}-${festival.opens}` <= last ? year : year - 1;
  const closes = `${opened}-${festival.closes}`;
  return { from: `${opened}-${festival.opens}`, to: closes < last ? closes : last };
}

/** The days of great sales within a list of days: what time charts mark. */
export function marksIn(days: readonly Day[]): { day: Day; id: FestivalId }[] {
  return days.flatMap((day) => festivals.filter((each) => day.endsWith(each.day)).map(({ id }) => ({ day, id })));
}

/** Whether a text is a day that exists. */
export function isDay(text: unknown): text is Day {
  return (
    typeof text === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(timeOf(text)) &&
    dayOf(timeOf(text)) === text
  );
}

/** A moment in the brand's zone, `YYYY-MM-DD HH:mm`; a text that is none stays as it is. */
export function momentIn(zone: string, moment: string): string {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) return moment;
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' } as const;
  // sv-SE writes ISO order.
  return dateFormat('sv-SE', options).format(time);
}
