import { expect, test } from 'vitest';
import type { Answers } from './answers.ts';
import { warm } from './warm.ts';

function answersOf(lastDay: string | null) {
  const asked: unknown[] = [];
  const answers = {
    dataState: async () => ({ lastDay }),
    answer: async (id: string, params: unknown) => void asked.push([id, params]),
  } as unknown as Pick<Answers, 'dataState' | 'answer'>;
  return { answers, asked };
}

test('the thirty days that end with the data, and the thirty before, are asked for', async () => {
  const { answers, asked } = answersOf('2026-06-30');
  await warm(answers);
  expect(asked).toEqual([
    ['fast', { from: '2026-06-01', to: '2026-06-30' }],
    ['fast', { from: '2026-05-02', to: '2026-05-31' }],
  ]);
});

test('an empty home is asked nothing', async () => {
  const { answers, asked } = answersOf(null);
  await warm(answers);
  expect(asked).toEqual([]);
});
