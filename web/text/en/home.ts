import type { home as zh } from '../zh/home.ts';

export const home = {
  lead: (from: string, to: string, days: string, rules: string) =>
    `${from} to ${to}, ${days} days, against the equally long period before; rule set ${rules}`,
  headline: (operable: string, change: string, rate: string, rateChange: string) =>
    `${operable} operable consumers, ${change} against the period before; ${rate} deepened, ${rateChange}. `,
  headlineAlone: (operable: string, rate: string) => `${operable} operable consumers; ${rate} deepened. `,
  mainReason: (reason: string, count: string) => `Deepening came mainly from ${reason} (${count} consumers).`,
  of: (numerator: string, denominator: string) => `${numerator} of ${denominator}`,
  spark: (metric: string, weeks: number, values: string) => `${metric}, last ${weeks} weeks: ${values}`,
  sparkNote: (weeks: number) => `last ${weeks} weeks`,
  period: (from: string, to: string) => `${from} to ${to}`,
  fresh: 'Freshness of the data',
  freshSentence: (moment: string, entity: string, day: string) =>
    `Data as of ${moment}; the oldest are ${entity}, up to ${day}.`,
  entity: 'Data',
  rows: 'Rows',
  lastDay: 'Last day',
  days: (days: string) => (days === '1' ? '1 day behind' : `${days} days behind`),
  undated: 'No dates',
} satisfies typeof zh;
