import { beforeAll, describe, expect, test } from 'vitest';
import { newcombe } from '../../src/base/comparing.ts';
import { freshHome, type Product } from '../product.ts';
import { bring, carted, md5, phone, range, run, textOf } from './world.ts';

const home = freshHome();
let product: Product;
const came = '2026-06-25';

/** Who the push sent, by number; the rest are its controls. */
async function sent(): Promise<number[]> {
  const { body } = await product.pushing.file('proof', { what: 'all', format: 'csv' }, 'tester');
  const digests = new Set(
    (await textOf(body))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[1]),
  );
  return range(0, 400).filter((i) => digests.has(md5(phone(i))));
}

beforeAll(async () => {
  await bring(home, { people: range(0, 400) });
  product = await home.product();
  await product.createAudience({ name: 'carted', rule: carted });
  await product.pushing.addDestination({ name: 'by hand', kind: 'file' }, 'tester');
  const asked = { audience: 'carted', destination: 'by hand', identifiers: ['phone:md5'], holdout: 0.3 };
  await product.pushing.create({ ...asked, name: 'proof' }, 'tester');
  await run(product, 'proof', came);
}, 60_000);

describe('the read-out of a push', () => {
  test('compares those sent with the controls, and each value with its people', async () => {
    const treated = await sent();
    const control = range(0, 400).filter((i) => !treated.includes(i));
    const buyers = [...treated.slice(0, 90), ...control.slice(0, 20)];
    await bring(home, { people: buyers, behavior: 'pay', at: '2026-06-28' });
    product = await home.product();
    const rows = await home.run('push-readout', { push: 'proof', on: '2026-06-30' });
    const by = Object.fromEntries(rows.map((row) => [String(row.metric), row]));
    const [n, m] = [treated.length, control.length];
    expect(by.split).toMatchObject({ treated: n, control: m, control_value: m / 400 });
    const interval = newcombe([90, n], [20, m]);
    expect(by.purchase).toMatchObject({ treated: n, control: m, treated_value: 90 / n, control_value: 20 / m });
    expect(by.purchase?.low).toBeCloseTo(interval?.low ?? 0, 12);
    expect(by.purchase?.high).toBeCloseTo(interval?.high ?? 0, 12);
    expect(by.reach).toMatchObject({ treated_value: 90 / n, control_value: 20 / m });
    expect(by.deepening).toMatchObject({ treated_value: 90 / n, control_value: 20 / m });
    expect(by.brand_new).toMatchObject({ treated_value: 90 / n, control_value: 20 / m });
    const people = await product.people(
      'push-readout',
      { push: 'proof', on: '2026-06-30' },
      { metric: 'purchase' },
      () => {},
    );
    expect(people).toHaveLength(90);
  });

  test('has nothing before the push, or of another name', async () => {
    expect(await home.run('push-readout', { push: 'proof', on: '2026-06-24' })).toEqual([]);
    expect(await home.run('push-readout', { push: 'nothing', on: '2026-06-30' })).toEqual([]);
  });
});
