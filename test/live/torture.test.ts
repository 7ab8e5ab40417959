import { afterAll, beforeAll, expect, test } from 'vitest';
import { diskFull } from './torture/diskFull.ts';
import { Poster } from './torture/posting.ts';
import { BULK, canMount, Scene } from './torture/scene.ts';
import { stall } from './torture/stall.ts';
import { compare, faultsOf } from './torture/stored.ts';
import type { Told } from './torture/told.ts';
import { torture } from './torture/torture.ts';

/** Not a bound: a server that is started three times, each with 60 s of patience, on a machine that runs other tests too. */
const slow = { timeout: 180_000 };
const ownDisk = canMount();
const scene = new Scene({ megabytes: ownDisk ? 400 : undefined });
const told: Told[] = [];
let poster: Poster;

beforeAll(async () => {
  await scene.open();
  poster = new Poster(scene.keys[BULK] ?? '');
  told.push(poster);
});
afterAll(() => scene.close());

const statuses = (posted: readonly { readonly status: number }[]) => [...new Set(posted.map(({ status }) => status))];

test('events are acknowledged while the engine stands still', async () => {
  const answers = await stall(scene.serving, poster, 1000);
  expect(answers.length).toBeGreaterThan(1);
  expect(statuses(answers)).toEqual([200]);
});

test('a full disk refuses events with 503 and takes them when there is room again', slow, async ({ skip }) => {
  skip(!ownDisk, 'only root may make a disk to fill');
  const { full, after } = await diskFull(scene, poster, 500);
  expect(statuses(full)).toEqual([503]);
  expect(full.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
  expect(after.at(-1)).toMatchObject({ status: 200 });
});

test('real clients deliver all events over a bad network while the server is killed', slow, async () => {
  const report = await torture(scene, { events: 800, kills: 3, seed: 4, each: 2, longest: 800 });
  told.push(...report.told);
  expect(report.kills).toEqual({ engine: 1, server: 1, tree: 1, start: 0 });
  expect(report.told.reduce((sum, { sent }) => sum + sent.size, 0)).toBe(800);
  expect(report.told.map(({ delivered }) => delivered)).toEqual(report.told.map(({ sent }) => sent));
});

test('after all of that every event that was acknowledged is stored once, and the counters say so', slow, async () => {
  await scene.settled();
  await scene.serving.stop();
  const stored = await compare(scene.home, told);
  expect(stored.length).toBe(5);
  expect(stored.flatMap(faultsOf)).toEqual([]);
});
