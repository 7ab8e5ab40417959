import { beforeAll, describe, expect, test } from 'vitest';
import { freshHome, type Product } from '../product.ts';
import { bring, carted, md5, phone, range, run, sha256, textOf } from './world.ts';

const home = freshHome();
let product: Product;

beforeAll(async () => {
  await bring(home, { people: range(0, 200) });
  product = await home.product();
  await product.createAudience({ name: 'carted', rule: carted });
  await product.pushing.addDestination({ name: 'by hand', kind: 'file' }, 'tester');
}, 60_000);

const every = async (which: string) => {
  const found = [];
  let cursor: string | undefined;
  do {
    const page = await product.pushing.log(which, { limit: 37, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
};

const all = async (which: string): Promise<string[]> => {
  const { body } = await product.pushing.file(which, { what: 'all', format: 'csv' }, 'tester');
  return (await textOf(body)).trim().split('\n').slice(1);
};

describe('a push to a file', () => {
  test('sends who is in the audience but the controls, and nothing the second time', async () => {
    const made = await product.pushing.create(
      { name: 'first', audience: 'carted', destination: 'by hand', identifiers: ['phone:md5', 'phone:sha256'] },
      'tester',
    );
    expect(made).toMatchObject({ kind: 'file', holdout: 0.1, minimum: 100, last: null, trigger: 'manual' });
    const preview = await product.pushing.preview('first');
    const first = await run(product, 'first');
    expect(preview.counts).toEqual(first.counts);
    const { control = 0, treated = 0 } = first.counts ?? {};
    expect([control + treated, control > 8 && control < 34]).toEqual([200, true]);
    expect(first).toMatchObject({
      state: 'done',
      delivered: 2 * treated,
      refused: 0,
      counts: { add: 2 * treated, remove: 0 },
    });
    const lines = await all('first');
    expect(lines).toHaveLength(treated);
    const phones = new Map(range(0, 200).map((i) => [md5(phone(i)), sha256(phone(i))]));
    for (const line of lines) {
      const [operation = '', digest = '', other] = line.split(',');
      expect([operation, other]).toEqual(['add', phones.get(digest)]);
    }
    expect(await run(product, 'first')).toMatchObject({
      delivered: 0,
      counts: { add: 0, remove: 0, treated, control },
    });
    const log = await every('first');
    expect(log.filter(({ state }) => state === 'control')).toHaveLength(control);
    expect(log.filter(({ state }) => state === 'delivered')).toHaveLength(2 * treated);
    expect(new Set(log.filter(({ state }) => state === 'control').map(({ consumer }) => consumer)).size).toBe(control);
  });

  test('keeps everybody on the same side while others come and go', async () => {
    const before = new Set(await all('first'));
    await bring(home, { people: range(200, 260) });
    product = await home.product();
    const grown = await run(product, 'first');
    const after = await all('first');
    expect(grown.counts?.audience).toBe(260);
    for (const line of before) expect(after).toContain(line);
    expect(after.length - before.size).toBe((grown.counts?.add ?? 0) / 2);
  });

  test('takes back whoever withdraws consent or is suppressed, with a trace', async () => {
    const phones = new Map(range(0, 260).map((i) => [md5(phone(i)), i]));
    const [one = 0, other = 0] = (await all('first')).map((line) => phones.get(line.split(',')[1] ?? '') ?? -1);
    await bring(home, { people: [], consent: { [one]: 'false' } });
    product = await home.product();
    await product.suppress(`phone:${phone(other)}`);
    const came = await run(product, 'first');
    expect(came.counts).toMatchObject({ remove: 4, add: 0, consent: 1, suppressed: 1 });
    const left = (await all('first')).map((line) => phones.get(line.split(',')[1] ?? ''));
    expect([left.includes(one), left.includes(other)]).toEqual([false, false]);
    const traces = (await every('first')).filter(({ run: of, operation }) => of === came.id && operation === 'none');
    expect(traces.map(({ state }) => state).toSorted()).toEqual(['consent', 'suppressed']);
    const again = await run(product, 'first');
    expect((await every('first')).filter(({ run: of }) => of === again.id)).toEqual([]);
  });
});

describe('limits', () => {
  test('refuse fewer consumers than the minimum', async () => {
    await product.pushing.create(
      { name: 'small', audience: 'carted', destination: 'by hand', identifiers: ['phone:md5'], minimum: 1000 },
      'tester',
    );
    await expect(product.pushing.check('small')).rejects.toMatchObject({ code: 'push_small', exitCode: 3 });
    await expect(run(product, 'small')).rejects.toMatchObject({ code: 'push_small' });
    expect((await product.pushing.show('small')).last).toMatchObject({
      state: 'failed',
      error: { code: 'push_small' },
    });
  });

  test('keep out who was sent often enough over all destinations', async () => {
    const asked = { audience: 'carted', destination: 'by hand', identifiers: ['phone:md5'], holdout: 0 };
    await product.pushing.create({ ...asked, name: 'capped', minimum: 1, cap: { pushes: 1, days: 30 } }, 'tester');
    const { counts } = await run(product, 'capped');
    const sent = (await product.pushing.show('first')).last?.counts?.treated ?? 0;
    // Who withdrew since is in no audience any more.
    expect(counts).toMatchObject({ capped: sent, consent: 0, suppressed: 0, treated: 260 - sent - 2, control: 0 });
  });

  test('keep out the members of an excluded audience', async () => {
    await product.createAudience({ name: 'all of them', rule: { did: { behavior: ['cart'] } } });
    await product.pushing.create(
      {
        ...{ name: 'excluding', audience: 'carted', destination: 'by hand', identifiers: ['phone:md5'] },
        ...{ exclude: ['all of them'], minimum: 1 },
      },
      'tester',
    );
    await expect(run(product, 'excluding')).rejects.toMatchObject({ code: 'push_small' });
    expect((await product.pushing.preview('excluding')).counts).toMatchObject({ excluded: 258, treated: 0 });
  });

  test.each([
    ['a form that the destination does not take', { identifiers: ['phone:plain'] }, 'push_identifiers'],
    ['nothing to send', {}, 'push_identifiers'],
    ['a schedule without a cron', { identifiers: ['phone:md5'], trigger: 'schedule' as const }, 'push_cron'],
    ['a cron of nonsense', { identifiers: ['phone:md5'], trigger: 'schedule' as const, cron: 'often' }, 'cron'],
    ['an audience that is not there', { identifiers: ['phone:md5'], audience: 'nobody' }, 'audience'],
    ['a destination that is not there', { identifiers: ['phone:md5'], destination: 'nowhere' }, 'destination'],
  ])('refuse %s', async (_, changes, code) => {
    const asked = { name: 'wrong', audience: 'carted', destination: 'by hand', ...changes };
    await expect(product.pushing.create(asked, 'tester')).rejects.toMatchObject({ code });
  });
});

test('an audience stays while a push takes it or leaves it out, and keeps its name', async () => {
  await product.createAudience({ name: 'left out', rule: { sample: { percent: 1 } } });
  const asked = {
    name: 'standing',
    audience: 'carted',
    destination: 'by hand',
    identifiers: ['phone:md5'],
    exclude: ['left out'],
  };
  await product.pushing.create(asked, 'tester');
  for (const name of ['carted', 'left out'])
    await expect(product.removeAudience(name)).rejects.toMatchObject({
      code: 'audience_used',
      text: { zh: expect.stringContaining('standing') },
    });
  const { id } = await product.audience('left out');
  await expect(product.changeAudience(id, { name: 'other' })).rejects.toMatchObject({ code: 'audience_used' });
  await product.pushing.remove('standing');
  await product.removeAudience('left out');
});

test('a look at what a push would do takes no number of a run', async () => {
  const before = await run(product, 'first');
  await product.pushing.preview('first');
  const after = await run(product, 'first');
  expect(after.id).toBe(before.id + 1);
});
