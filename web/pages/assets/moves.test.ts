import { expect, test } from 'vitest';
import type { MoveKind } from '../../data/rows.ts';
import { flowFacts, movesOf, reasonsOf, trendFacts } from './moves.ts';

const move = (kind: MoveKind, from_stage: string, to_stage: string, reason: string, consumers: number) => ({
  kind,
  from_stage,
  to_stage,
  reason,
  consumers,
});
const moves = [
  move('deepened', 'A', 'I', 'cart', 5),
  move('deepened', 'I', 'P', 'pay', 8),
  move('deepened', 'A', 'P', 'pay', 2),
  move('lost', 'A', 'none', 'window_passed:click', 9),
];

test('moves of a kind come with the largest first', () => {
  expect(movesOf(moves, 'deepened').map((row) => row.consumers)).toEqual([8, 5, 2]);
  expect(movesOf(moves, 'added')).toEqual([]);
});

test('a reason is counted over all pairs of stages', () => {
  expect(reasonsOf(movesOf(moves, 'deepened'))).toEqual([
    { reason: 'pay', consumers: 10 },
    { reason: 'cart', consumers: 5 },
  ]);
});

test('a flow tells who stayed and the largest band that went elsewhere', () => {
  const flow = (from_stage: string, to_stage: string, consumers: number) => ({ from_stage, to_stage, consumers });
  const rows = [flow('A', 'A', 70), flow('A', 'I', 4), flow('none', 'A', 20), flow('L', 'L', 6)];
  expect(flowFacts(rows)).toEqual({ all: 100, stayed: 76, band: rows[2] });
  expect(flowFacts([])).toEqual({ all: 0, stayed: 0, band: undefined });
});

test('a trend tells the first and the last day and the stage that changed most, also by falling', () => {
  const at = (date: string, stage: string, consumers: number) => ({ date, stage, consumers });
  const rows = [
    at('2026-06-01', 'A', 100),
    at('2026-06-01', 'P', 10),
    at('2026-06-02', 'A', 500),
    at('2026-06-02', 'P', 50),
    at('2026-06-03', 'A', 60),
    at('2026-06-03', 'P', 30),
  ];
  expect(trendFacts(rows)).toEqual({ first: 110, last: 90, stage: { code: 'A', by: -40 } });
  expect(trendFacts([])).toEqual({ first: 0, last: 0, stage: undefined });
});
