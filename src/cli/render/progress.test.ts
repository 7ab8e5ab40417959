import { expect, test } from 'vitest';
import type { Progress } from '../../base/progress.ts';
import { en } from '../text/en.ts';
import { texts } from '../text/text.ts';
import { progressLine, progressText } from './progress.ts';
import { widthOf } from './width.ts';

const shown: readonly { name: string; progress: Progress; seconds: number; line: string }[] = [
  {
    name: 'bytes of a file with the rows in it: share, rows, speed, time left',
    progress: { step: 'a.csv', done: 250, total: 1000, unit: 'bytes', rows: 50_000 },
    seconds: 5,
    line: 'a.csv               ███░░░░░░░  25%  50,000 rows  10,000/s  15 s left',
  },
  {
    name: 'a step the product names itself, in words',
    progress: { step: 'identity', done: 10, total: 10, unit: 'rows' },
    seconds: 0,
    line: 'who is who          ██████████ 100%  10 rows',
  },
  {
    name: 'of a question that waits its place, and how long that is thought to take',
    progress: { step: 'queue', done: 0, unit: 'rows', waits: { place: 3, seconds: 8 } },
    seconds: 2,
    line: 'waiting             number 3 in the queue, about 8 s',
  },
  {
    name: 'no total, no bar and no time left',
    progress: { step: 'x', done: 3 * 1024 ** 2, unit: 'bytes' },
    seconds: 2,
    line: 'x                   3.0 MB  1.5 MB/s',
  },
];

test.each(shown)('$name', ({ progress, seconds, line }) => {
  expect(progressText(progress, seconds, en)).toBe(line);
});

test('a line never runs over the screen', () => {
  const progress: Progress = { step: '很'.repeat(40), done: 1, total: 9e9, unit: 'bytes', rows: 123_456_789 };
  expect(widthOf(progressText(progress, 1, texts.zh))).toBeLessThan(80);
});

/** Draws the same ten progresses, half a second apart, on a terminal or elsewhere. */
function drawn(isTTY: boolean): string[] {
  let now = 0;
  const written: string[] = [];
  const out = { write: (text: string) => written.push(text), isTTY };
  const line = progressLine(
    {
      stdout: out,
      stderr: out,
      env: {},
      now: () => new Date(now),
      signal: new AbortController().signal,
      openProduct: () => Promise.reject(new Error('not in this test')),
      startServer: () => Promise.reject(new Error('not in this test')),
    },
    en,
  );
  for (let done = 1; done <= 12; done += 1) {
    now += 500;
    line.watch({ step: 'x', done, total: 12, unit: 'rows' });
    line.watch({ step: 'x', done, total: 12, unit: 'rows' });
  }
  line.end();
  return written;
}

test('a terminal sees one line, redrawn at most ten times a second and taken away at the end', () => {
  const written = drawn(true);
  expect(written).toHaveLength(13);
  expect(written[0]?.startsWith('\r\u001b[Kx ')).toBe(true);
  expect(written.at(-1)).toBe('\r\u001b[K');
});

test('a log sees a plain line every five seconds', () => {
  const written = drawn(false);
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/^x .* 10 rows .*left\n$/);
});
