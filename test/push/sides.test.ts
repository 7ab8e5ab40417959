/** Who is sent and who is control: stable, whatever comes in when, and true of people who turn out to be one. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { freshHome, type Product } from '../product.ts';
import { bring, carted, md5, phone, range, run, textOf } from './world.ts';

const home = freshHome();
let product: Product;
beforeAll(async () => {
  await bring(home, { people: range(0, 300) });
  product = await home.product();
  await product.createAudience({ name: 'carted', rule: carted });
  await product.createAudience({
    name: 'early',
    rule: { did: { behavior: ['cart'], window: { from: '2026-06-01', to: '2026-06-20' } } },
  });
  await product.pushing.addDestination({ name: 'hand', kind: 'file' });
}, 60_000);

const create = (name: string, more: object = {}) =>
  product.pushing.create({
    name,
    audience: 'carted',
    destination: 'hand',
    identifiers: ['phone:md5'],
    holdout: 0.3,
    ...more,
  });

const digests = new Map(range(0, 900).map((i) => [md5(phone(i)), i]));

/** People who stand at the destination. */
async function standing(name: string): Promise<number[]> {
  const { body } = await product.pushing.file(name, { what: 'all', format: 'csv' });
  const lines = (await textOf(body)).trim().split('\n').slice(1);
  return lines.map((line) => digests.get(line.split(',')[1] ?? '') ?? -1).toSorted((a, b) => a - b);
}

/** Gives pushes one seed, so that they would split alike. */
const seeded = (seed: string) => product.installation.context.registry.rows('UPDATE push SET seed = $1', [seed]);

test('a side depends on the consumer and the seed alone, not on when or with whom it came', async () => {
  await create('in two parts', { audience: 'early' });
  await create('at once');
  await create('of another seed');
  await seeded('one');
  await run(product, 'in two parts');
  await bring(home, { people: range(300, 600), at: '2026-06-19' });
  await bring(home, { people: range(600, 700), at: '2026-06-20' });
  product = await home.product();
  await run(product, 'in two parts');
  await run(product, 'at once');
  expect(await standing('in two parts')).toEqual(await standing('at once'));
  await seeded('two');
  await run(product, 'of another seed');
  const [one, other] = [new Set(await standing('at once')), await standing('of another seed')];
  const both = other.filter((i) => one.has(i)).length;
  // Of 700 a share of 0.7 × 0.7 is on both by chance: 343, and 5 standard deviations to either side.
  expect(Math.abs(both - 343)).toBeLessThan(5 * Math.sqrt(700 * 0.49 * 0.51));
});

test('two who turn out to be one on both sides are control, and are taken back', async () => {
  const sent = await standing('at once');
  const control = range(0, 300).find((i) => !sent.includes(i)) ?? 0;
  const treated = sent.find((i) => i < 300) ?? 0;
  const folder = mkdtempSync(join(home.files, 'joined-'));
  writeFileSync(
    join(folder, 'events.csv'),
    `id_user,id_phone,event_time,behavior\nu${control},${phone(treated)},2026-06-21,click\n`,
  );
  await home.import(folder);
  product = await home.product();
  const merged = (await product.consumer(`user:u${control}`)).consumer;
  expect((await product.consumer(`user:u${treated}`)).consumer).toBe(merged);
  expect(await run(product, 'at once')).toMatchObject({ counts: { remove: 1, add: 0 } });
  expect(await standing('at once')).toEqual(sent.filter((i) => i !== treated));
});

test('who is gone with an undone import is taken back by what was kept of the delivery', async () => {
  const gone = await bring(home, { people: range(800, 810) });
  product = await home.product();
  await run(product, 'at once');
  const before = await standing('at once');
  const theirs = before.filter((i) => i >= 800);
  expect(theirs.length).toBeGreaterThan(0);
  await home.undo(gone);
  product = await home.product();
  const came = await run(product, 'at once');
  expect(came.counts).toMatchObject({ remove: theirs.length, add: 0 });
  expect(await standing('at once')).toEqual(before.filter((i) => i < 800));
  const { body } = await product.pushing.file('at once', { what: 'changes', format: 'csv' });
  const removed = (await textOf(body)).trim().split('\n').slice(1);
  expect(removed.toSorted()).toEqual(theirs.map((i) => `remove,${md5(phone(i))}`).toSorted());
});

test('a purpose that was refused last is not sent', async () => {
  const folder = mkdtempSync(join(home.files, 'consents-'));
  const rows = [
    ['u1', '2026-06-01', 'denied'],
    ['u2', '2026-06-01', 'denied'],
    ['u2', '2026-06-02', 'granted'],
    ['u3', '2026-06-01', 'granted'],
    ['u3', '2026-06-02', 'no'],
  ].map(([user, at, word]) => `${user},${at},click,${word}`);
  writeFileSync(join(folder, 'events.csv'), `${['id_user,event_time,behavior,consent.ads', ...rows].join('\n')}\n`);
  await home.import(folder);
  product = await home.product();
  await create('for ads', { holdout: 0, purpose: 'ads' });
  await create('for sms', { holdout: 0, purpose: 'sms' });
  expect((await product.pushing.preview('for ads')).counts).toMatchObject({ consent: 2 });
  expect((await product.pushing.preview('for sms')).counts).toMatchObject({ consent: 0 });
  await run(product, 'for ads');
  expect((await standing('for ads')).filter((i) => i < 4 && i > 0)).toEqual([2]);
});
