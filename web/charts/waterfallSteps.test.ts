import { expect, test } from 'vitest';
import { stepsOf } from './waterfallSteps.ts';

const part = (id: string, value: number) => ({ id, name: id, value });
const bars = (steps: ReturnType<typeof stepsOf>) =>
  steps.map(({ name, base, body }) => [name, base.positive, body.positive, base.negative, body.negative]);

test('each bar begins where the one before ended, and the sum stands on zero', () => {
  expect(bars(stepsOf([part('G', 30), part('R', -50)], { name: 'before', value: 100 }, 'after'))).toEqual([
    ['before', 0, 100, 0, 0],
    ['G', 100, 30, 0, 0],
    ['R', 80, 50, 0, 0],
    ['after', 0, 80, 0, 0],
  ]);
});

test('a bar that crosses zero is split at zero, and one below hangs from its base', () => {
  expect(bars(stepsOf([part('G', 20), part('R', -50), part('O', -10), part('W', 15)]))).toEqual([
    ['G', 0, 20, 0, 0],
    ['R', 0, 20, 0, -30],
    ['O', 0, 0, -30, -10],
    ['W', 0, 0, -25, -15],
  ]);
});
