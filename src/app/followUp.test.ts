import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
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
