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
  demo: {
    title: 'Load the demo brand',
    lead: 'Orders, behaviours, members and campaigns of an invented brand, to look at every page with. To be rid of it, undo its import under “History”.',
    size: 'Size',
    sizes: { tiny: 'Tiny', small: 'Small', medium: 'Medium', large: 'Large', huge: 'Huge' },
    events: (events: string) => `about ${events} events`,
    long: 'A large one takes long and much of the disk; it may be cancelled at any time.',
    seed: 'Seed',
    seedLead: 'The same seed gives the same data each time; 1 where it is left empty.',
    go: 'Load',
  },
} satisfies typeof zh;
