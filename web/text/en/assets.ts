import type { assets as zh } from '../zh/assets.ts';

export const assets = {
  lead: "At which stage the brand's consumers stand, how they move, and why.",
  tabs: { trend: 'Trend', flow: 'Flow', moves: 'Reasons' },
  look: 'Picture',
  looks: { stacked: 'Stacked', lines: 'Lines' },
  stockTitle: 'AIPL funnel',
  trendTitle: 'AIPL trend',
  flowTitle: 'AIPL flow',
  matrixTitle: 'Flow matrix',
  matrixLead: 'Rows are where consumers were, columns where they are; a cell opens its people.',
  whyTitle: 'What changed, and why',
  reasonsTitle: 'Moves and their reasons',
  fromStage: 'From stage',
  toStage: 'To stage',
  kind: 'Direction of the move',
  kinds: { deepened: 'Deepened', added: 'Added', shallowed: 'Fell back', lost: 'Lost' },
  kindTips: {
    deepened: 'reached a deeper stage',
    added: 'came in from no stage',
    shallowed: 'fell to a shallower stage',
    lost: 'fell out of all stages',
  },
  none: 'None',
  comma: ', ',
  people: (count: string) => count,
  kindCount: (kind: string, count: string) => `${kind.toLowerCase()} ${count}`,
  allMoves: 'All moves',
  nobody: (day: string) => `Nobody stood at any stage on ${day}.`,
  stock: (day: string, all: string, stage: string, count: string, share: string) =>
    `On ${day}, ${all} consumers stood at a stage of AIPL, most of them at ${stage}: ${count}, ${share}. `,
  flow: (from: string, to: string, all: string, share: string) =>
    `From ${from} to ${to}, ${share} of ${all} consumers stayed where they were. `,
  flowBand: (from: string, to: string, count: string) => `The largest move: ${from} → ${to}, ${count} consumers.`,
  trend: (all: string, change: string) =>
    `At the end ${all} consumers stood at a stage, ${change} against the beginning. `,
  trendStage: (stage: string, change: string) => `${stage} changed most: ${change}.`,
  moves: (counts: string) => `In this time: ${counts}. `,
  mainReason: (reason: string, count: string, share: string) =>
    `Deepening came mainly from ${reason}: ${count} consumers, ${share}.`,
} satisfies typeof zh;
