import type { growth as zh } from '../zh/growth.ts';

export const growth = {
  period: 'Period',
  base: 'Base',
  bases: { before: 'Period before', year: 'Same period last year', own: 'Other' },
  grow: {
    lead: 'Whether the change of sales comes from reach, frequency, price or new categories.',
    waterfall: 'Sources of growth',
    all: 'All categories',
    focus: 'Category taken apart',
    before: 'Base net sales',
    after: 'Period net sales',
    table: 'Change by category',
    category: 'Category',
    sum: 'Sum',
    noCategory: 'No category',
    up: (what: string, before: string, after: string, by: string) =>
      `${what}: net sales went from ${before} to ${after}, ${by}`,
    main: (source: string, by: string) => `; ${source} weighed most: ${by}.`,
    end: '.',
    tableSentence: (up: string, down: string) => `Categories that grew: ${up}; that shrank: ${down}. `,
    topCategory: (category: string, by: string) => `${category} changed most: ${by}.`,
    pick: (category: string) => `Take ${category} apart`,
  },
  rfm: {
    lead: 'Buyers in eight classes by how recently, how often and for how much they bought.',
    look: 'Picture',
    looks: { cube: 'Squares', bars: 'Bars' },
    measure: 'Measure',
    measures: { consumers: 'Consumers', amount: 'Net amount' },
    sentence: (buyers: string, name: string, count: string, share: string, money: string) =>
      `${buyers} buyers; ${name}: ${count} of them, ${share} of the buyers, with ${money} of the net amount. `,
    largest: (name: string, share: string) => `The largest class is ${name}, ${share}.`,
    table: 'The eight classes',
  },
  repurchase: {
    lead: 'Of those who bought an nth time, how many bought again in time.',
    within: 'In time',
    days: (days: string) => `${days} days`,
    funnel: 'Consumers by nth purchase',
    curve: 'Repurchase rate after each purchase',
    nth: (n: string) => `No. ${n}`,
    rate: 'Rate',
    funnelSentence: (first: string, second: string, share: string) =>
      `Of ${first} consumers whose first purchase has been watched in full, ${second} bought again in time, ${share}. The shares in the bars are of the purchase before. `,
    curveSentence: (n: string, rate: string) =>
      `Where at least 30 consumers are counted, the rate is highest after purchase no. ${n}: ${rate}. `,
    still: 'Only purchases whose time has passed are counted, so that recent ones do not lower the rate.',
    few: 'Where fewer than 30 consumers are counted, the rate swings by chance.',
    steps: 'Consumers who reached this purchase and whose time has passed',
  },
  retention: {
    lead: 'Of consumers who began together, how many come back in each period after.',
    cohort: 'Cohort by',
    unit: 'Period length',
    title: 'Retention heat map',
    cohortRow: 'Cohort',
    period: 'Period',
    row: (day: string, count: string) => `${day} · ${count}`,
    first: (rate: string, retained: string, all: string) =>
      `In the period after they began, ${retained} of ${all} consumers came back, ${rate}. `,
    best: (cohort: string, rate: string) => `The best cohort began on ${cohort}: ${rate}. `,
    few: 'Some cohorts have fewer than 30 consumers; their rates swing by chance.',
    alone: 'No cohort has gone through its next period yet.',
    depth: 'The deeper the colour, the more came back; period 0 is the one in which they began.',
  },
} satisfies typeof zh;
