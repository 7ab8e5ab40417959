import { expect, test } from 'vitest';
import { openGate } from './gate.ts';

/** Work that says when it starts and ends when told to. */
function piece(log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    log.push(`${name} in`);
    await ended;
    log.push(`${name} out`);
  };
  return { work, end };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a question that would see half of a change is refused, and a change is not', async () => {
  const log: string[] = [];
  const gate = openGate(undefined, () => Promise.reject(new Error('half')));
  await expect(gate.shared(async () => log.push('question'))).rejects.toThrow('half');
  await gate.alone(async () => {
    log.push('change');
    await gate.shared(async () => log.push('its own question'));
  });
  expect(log).toEqual(['change', 'its own question']);
});

test('questions run side by side; a change waits for them, and what comes after it waits for the change', async () => {
  const gate = openGate();
  const log: string[] = [];
  const [one, two, change, late] = ['one', 'two', 'change', 'late'].map((name) => piece(log, name)) as [
    ReturnType<typeof piece>,
    ReturnType<typeof piece>,
    ReturnType<typeof piece>,
    ReturnType<typeof piece>,
  ];
  const all = [gate.shared(one.work), gate.shared(two.work), gate.alone(change.work), gate.shared(late.work)];
  await turn();
  expect(log).toEqual(['one in', 'two in']);
  one.end();
  await turn();
  expect(log.at(-1)).toBe('one out');
  two.end();
  await turn();
  expect(log.slice(3)).toEqual(['two out', 'change in']);
  change.end();
  late.end();
  await Promise.all(all);
  expect(log.slice(5)).toEqual(['change out', 'late in', 'late out']);
});

test('a question within a question passes while a change waits', async () => {
  const gate = openGate();
  let change = Promise.resolve();
  const answer = await gate.shared(async () => {
    change = gate.alone(async () => {});
    return gate.shared(async () => 7);
  });
  await change;
  expect(answer).toBe(7);
});

test('work that fails gives the gate back', async () => {
  const gate = openGate();
  await expect(gate.alone(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate.shared(async () => 1)).toBe(1);
});
