import type { analyses as zh } from '../zh/analyses.ts';

export const analyses = {
  lead: 'Every analysis of the shelf: what it answers, how it is defined, and its limits.',
  search: 'Search by name, question or id',
  origin: 'Origin',
  all: 'All',
  count: (count: string) => (count === '1' ? '1 analysis' : `${count} analyses`),
  none: 'No analysis fits',
  back: 'All analyses',
  ask: 'Fill in the parameters to see the answer here',
  definition: 'Definition and limits',
  rows: (count: string) => (count === '1' ? '1 row' : `${count} rows`),
} satisfies typeof zh;
