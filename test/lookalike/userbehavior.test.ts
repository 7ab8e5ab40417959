/** The example of docs/audiences.md on 983 real users, number by number. */
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Lookalike } from '../../src/api/lookalikes.ts';
import { freshHome } from '../product.ts';

const path = '../shared/data/taobao-userbehavior/userbehavior_983users_9days.csv.gz';
const docs = readFileSync(new URL('../../docs/audiences.md', import.meta.url), 'utf8');

describe.skipIf(!existsSync(path))('983 Taobao users (needs the shared data)', () => {
  const home = freshHome();
  let model: Lookalike;
  beforeAll(async () => {
    await home.import(path);
    const product = await home.product();
    const bought = { bought: { window: { from: '2017-12-02', to: '2017-12-03' } } };
    await product.createAudience({ name: 'weekend', rule: bought, on: '2017-12-03' });
    model = await product.trainLookalike({ seed: 'weekend', on: '2017-12-03', ahead: 2 });
  }, 60_000);

  test('are told by what the docs say, in both languages', () => {
    const { auc, low, high } = model.report.auc;
    const three = (value: number) => value.toFixed(3);
    const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
    const tenth = model.report.curve.find(({ part }) => part === 0.1);
    const [first] = model.report.features;
    expect(model.report.signal).toBe(true);
    expect(first?.en).toBe('Pay days of the last year');
    const told = [
      `${model.seeds} ${model.others} ${three(auc)} ${three(low)} ${three(high)}`,
      `${tenth?.consumers} ${percent(tenth?.density ?? 0)} ${percent(model.seeds / 983)}`,
    ];
    for (const numbers of told)
      expect(docs.split('\n').filter((line) => inOrder(line, numbers.match(/\S+(?: %)?/g) ?? []))).toHaveLength(2);
  });
});

/** Whether a line has these texts one after the other. */
function inOrder(line: string, texts: readonly string[]): boolean {
  let at = 0;
  for (const text of texts) {
    const found = line.indexOf(text, at);
    if (found < 0) return false;
    at = found + text.length;
  }
  return true;
}
