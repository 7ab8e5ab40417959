import { expect, test } from 'vitest';
import { Probe } from './probe.ts';

/** What is asked, with how often it was, and a clock that stands unless it is moved. */
function scene(ask: () => Promise<unknown>) {
  const seen = { asked: 0, now: 0 };
  const probe = new Probe(
    () => {
      seen.asked += 1;
      return ask();
    },
    { freshMs: 1000, waitMs: 1, patienceMs: 5000, clock: () => seen.now },
  );
  return { seen, probe };
}

test('what answers, answers; what fails does not, until it answers again', async () => {
  let fails = false;
  const { seen, probe } = scene(async () => {
    if (fails) throw new Error('away');
  });
  const told: boolean[] = [];
  for (const next of [false, true, false]) {
    fails = next;
    told.push(await probe.answers());
    seen.now += 1000;
  }
  expect(told).toEqual([true, false, true]);
});

test('an answer is good for a while: the public cannot make work of it', async () => {
  const { seen, probe } = scene(async () => {});
  for (let call = 0; call < 100; call++) await probe.answers();
  expect(seen.asked).toBe(1);
  seen.now = 1000;
  await probe.answers();
  expect(seen.asked).toBe(2);
});

test('what is silent is asked once, counts as busy at first and as gone after its time, and is back when it answers', async () => {
  let answer = () => {};
  const { seen, probe } = scene(
    () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
  );
  const told: [number, boolean][] = [];
  for (const now of [0, 4999, 5000]) {
    seen.now = now;
    told.push([now, await probe.answers()]);
  }
  expect(told).toEqual([
    [0, true],
    [4999, true],
    [5000, false],
  ]);
  expect(seen.asked).toBe(1);
  answer();
  await Promise.all([probe.answers(), probe.answers()]);
  expect(await probe.answers()).toBe(true);
});

test('what throws at once is asked again the next time', async () => {
  const { seen, probe } = scene(() => {
    throw new Error('closed');
  });
  expect(await probe.answers()).toBe(false);
  seen.now = 1000;
  expect(await probe.answers()).toBe(false);
  expect(seen.asked).toBe(2);
});
