import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPushing } from '../../src/app/pushing/pushing.ts';
import { CancelledError, unwatched } from '../../src/base/progress.ts';
import { freshHome, now } from '../product.ts';
import { type Receiver, receiver } from './platforms.ts';
import { bring, carted, md5, phone, range, run, sha256 } from './world.ts';

const PEOPLE = 1500;
let hook: Receiver;
const home = freshHome(() => ({ outbound_allow: [hook.host] }));

beforeAll(async () => {
  hook = await receiver();
  await bring(home, { people: range(0, PEOPLE) });
  const product = await home.product();
  await product.createAudience({ name: 'carted', rule: carted });
  await product.pushing.addDestination({ name: 'hook', kind: 'webhook', settings: { url: hook.url } }, 'tester');
  const asked = { audience: 'carted', destination: 'hook', holdout: 0, identifiers: ['phone:md5', 'phone:sha256'] };
  await product.pushing.create({ ...asked, name: 'cut short' }, 'tester');
  await product.pushing.create({ ...asked, name: 'troubled', identifiers: ['phone:md5'] }, 'tester');
}, 60_000);
afterAll(() => hook.stop());

const every = range(0, PEOPLE).flatMap((i) => [md5(phone(i)), sha256(phone(i))]);

test('a push that is killed goes on: nobody is lost, and nobody is sent under two keys', async () => {
  const dir = (await home.product()).installation.home.dir;
  await home.close();
  hook.mishaps.push({}, {}, { after: 'silence' });
  const fixture = fileURLToPath(new URL('./pushing.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', fixture, dir, 'cut short'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => hook.keys.length, { timeout: 60_000 }).toBe(3);
  child.kill('SIGKILL');
  await gone;
  // The third batch has arrived and is not noted. One of its people withdraws, and one of the fourth.
  const arrived = new Set(
    hook.seen.flatMap(({ body }) => (JSON.parse(body.toString()) as { values: string[] }).values),
  );
  const [inThird = 0] = range(0, PEOPLE).filter((i) => arrived.has(sha256(phone(i))));
  const [inFourth = 0] = range(0, PEOPLE).filter((i) => !arrived.has(sha256(phone(i))));
  await bring(home, { people: [], consent: { [inThird]: 'no', [inFourth]: 'no' } });
  const product = await home.product();

  const came = await run(product, 'cut short');
  expect(came).toMatchObject({ state: 'done', batches: 4, batches_done: 4 });
  expect((await product.pushing.runs('cut short', { limit: 10 })).items).toHaveLength(1);
  expect(new Set(hook.keys).size).toBe(4);
  expect(hook.keys.length).toBe(5);
  const keysOf = new Map<string, Set<string>>();
  for (const { body } of hook.seen) {
    const { delivery, values } = JSON.parse(body.toString()) as { delivery: string; values: string[] };
    for (const value of values) keysOf.set(value, (keysOf.get(value) ?? new Set()).add(delivery));
  }
  expect([...keysOf.values()].filter(({ size }) => size !== 1)).toEqual([]);
  expect(every.filter((value) => !hook.values.has(value))).toEqual([sha256(phone(inFourth))]);
  const unsure = await product.pushing.log('cut short', { limit: 10, state: 'unsure' });
  expect(unsure.items.map(({ identifier, reason }) => [identifier, reason])).toEqual([['phone:sha256', 'withdrawn']]);

  // The next run takes back all that the two may have there.
  await run(product, 'cut short');
  const left = [inThird, inFourth].flatMap((i) => [md5(phone(i)), sha256(phone(i))]);
  expect(every.filter((value) => !hook.values.has(value)).toSorted()).toEqual(left.toSorted());
  hook.values.clear();
}, 180_000);

test('faults that pass are tried again under the same key; refused records are noted, and tried with the next run', async () => {
  const product = await home.product();
  const pauses: number[] = [];
  const wait = async (ms: number) => void pauses.push(ms);
  const pushing = openPushing(product.installation, { now: () => now, wait, mostMs: 500 });
  const [unwanted = ''] = [md5(phone(7))];
  hook.unwanted.add(unwanted);
  const before = hook.seen.length;
  hook.mishaps.push({ before: { status: 429, headers: { 'retry-after': '3' }, body: '' } }, { after: 'silence' }, {});
  const came = await pushing.run('troubled', { by: 'tester' }, unwatched);
  expect(pauses).toEqual([3000, 5000]);
  const asked = hook.seen.slice(before).map(({ headers }) => headers['idempotency-key']);
  expect([new Set(asked.slice(0, 3)).size, new Set(asked).size]).toEqual([1, 2]);
  expect(came).toMatchObject({ state: 'done', refused: 1, delivered: PEOPLE - 3 });
  expect((await pushing.log('troubled', { limit: 5, state: 'refused' })).items).toMatchObject([{ reason: 'unwanted' }]);
  hook.unwanted.clear();
  expect(await pushing.run('troubled', { by: 'tester' }, unwatched)).toMatchObject({
    delivered: 1,
    counts: { add: 1 },
  });
});

test('a fault that stays ends the run, and what may have arrived is sent again with the next', async () => {
  const product = await home.product();
  const pushing = openPushing(product.installation, { now: () => now, wait: async () => {}, mostMs: 500 });
  const asked = { audience: 'carted', destination: 'hook', holdout: 0, identifiers: ['phone:md5'] };
  await pushing.create({ ...asked, name: 'away' }, 'tester');
  hook.values.clear();
  hook.mishaps.push({}, ...range(0, 4).map(() => ({ after: 'silence' as const })));
  await expect(pushing.run('away', { by: 'tester' }, unwatched)).rejects.toMatchObject({ code: 'push_away' });
  expect((await pushing.show('away')).last).toMatchObject({
    state: 'failed',
    batches_done: 1,
    error: { code: 'push_away' },
  });
  const unsure = PEOPLE - 2 - 1000;
  expect(await pushing.run('away', { by: 'tester' }, unwatched)).toMatchObject({ state: 'done', delivered: unsure });
  hook.mishaps.push({ before: { status: 401, body: '' } });
  await product.suppress(`phone:${phone(20)}`);
  await expect(pushing.run('away', { by: 'tester' }, unwatched)).rejects.toMatchObject({ code: 'push_stopped' });
  expect(hook.values.has(md5(phone(20)))).toBe(true);
  await pushing.run('away', { by: 'tester' }, unwatched);
  expect(hook.values.has(md5(phone(20)))).toBe(false);
});

test.each([
  ['refused for good', async () => {}, 'push_stopped'],
  [
    'cancelled',
    async () => {
      throw new CancelledError(false);
    },
    'cancelled',
  ],
])('what may have arrived before a run was %s is noted as unsure', async (name, wait, code) => {
  const product = await home.product();
  const pushing = openPushing(product.installation, { now: () => now, wait, mostMs: 500 });
  const asked = { audience: 'carted', destination: 'hook', holdout: 0, identifiers: ['phone:md5'] };
  await pushing.create({ ...asked, name });
  hook.mishaps.push({ after: 'silence' }, { before: { status: 401, body: '' } });
  await expect(pushing.run(name, {}, unwatched)).rejects.toMatchObject({ code });
  hook.mishaps.length = 0;
  expect((await pushing.log(name, { limit: 1000, state: 'unsure' })).items).toHaveLength(1000);
});
