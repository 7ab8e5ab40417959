import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { followUp } from './followUp.ts';

/** Work whose runs end when they are told to; `begun` has a run's word for whether it is overtaken. */
function work() {
  const begun: Array<() => boolean> = [];
  const ends: Array<(fault?: Error) => void> = [];
  const follow = followUp((isOvertaken) => {
    begun.push(isOvertaken);
    return new Promise((resolve, reject) => ends.push((fault) => (fault ? reject(fault) : resolve())));
  });
  const end = async (run: number, fault?: Error) => {
    ends[run]?.(fault);
    await turn();
  };
  return { follow, begun, end };
}

test('of the changes that come during a run only the last has one of its own', async () => {
  const { follow, begun, end } = work();
  follow.changed();
  await turn();
  expect(begun.map((isOvertaken) => isOvertaken())).toEqual([false]);
  for (let more = 0; more < 3; more++) follow.changed();
  await turn();
  expect(begun.map((isOvertaken) => isOvertaken())).toEqual([true]);
  await end(0);
  expect(begun.map((isOvertaken) => isOvertaken())).toEqual([true, false]);
  await end(1);
  expect(begun).toHaveLength(2);
});

test('a run that goes wrong keeps none from the next', async () => {
  const { follow, begun, end } = work();
  follow.changed();
  await turn();
  await end(0, new Error('no memory'));
  follow.changed();
  await turn();
  expect(begun).toHaveLength(2);
});

test('nothing begins once it has stopped, and what is under way learns of it', async () => {
  const { follow, begun, end } = work();
  follow.changed();
  await turn();
  follow.changed();
  follow.stop();
  expect(begun.map((isOvertaken) => isOvertaken())).toEqual([true]);
  await end(0);
  expect(begun).toHaveLength(1);
});

afterEach(() => void vi.useRealTimers());

/** Changes and, between them, seconds that go by; and how many runs had begun by then. */
const goingOn: [what: string, steps: readonly (number | 'changed' | 'changing' | 'stop')[], runs: number][] = [
  ['before the pause is over nothing begins', ['changing', 299], 0],
  ['then one run begins for all of them', ['changing', 100, 'changing', 150, 'changing', 50], 1],
  ['those after it have a pause of their own', ['changing', 300, 'changing', 299], 1],
  ['and a run', ['changing', 300, 'changing', 300], 2],
  ['a greater change has its run at once, and it is theirs too', ['changing', 100, 'changed', 300], 1],
  ['after the end there is none', ['changing', 100, 'stop', 300], 0],
  ['nor of those that come then', ['stop', 'changing', 300, 'changed'], 0],
];

test.each(goingOn)('of changes that go on and on: %s', async (_, steps, runs) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { follow, begun, end } = work();
  for (const step of steps) {
    if (typeof step === 'number') vi.advanceTimersByTime(step * 1000);
    else follow[step]();
    await turn();
    await end(begun.length - 1);
  }
  expect(begun).toHaveLength(runs);
});
