import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limits, networkOf, TooManyAttemptsError } from './limits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Seconds to wait, 0 where the attempt is heard. */
async function waits(attempt: Promise<void>): Promise<number> {
  try {
    await attempt;
    return 0;
  } catch (error) {
    if (error instanceof TooManyAttemptsError) return error.seconds;
    throw error;
  }
}

test('the sixth attempt at a name within a minute waits wherever it comes from, each run twice as long as the one before, at most 15 minutes', async () => {
  const limited = limits();
  const seen: number[] = [];
  for (let run = 0; run < 6; run++) {
    const wait: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++)
      wait.push(await waits(limited.admit(`192.0.${run}.${attempt}`, 'mei')));
    expect(wait.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    seen.push(wait[5] ?? 0);
    vi.advanceTimersByTime((wait[5] ?? 0) * 1000);
  }
  expect(seen).toEqual([60, 120, 240, 480, 900, 900]);
});

test('an attempt within the wait does not make it longer, and is told what is left of it', async () => {
  const limited = limits();
  for (let attempt = 0; attempt < 6; attempt++) await waits(limited.admit(`192.0.3.${attempt}`, 'mei'));
  vi.advanceTimersByTime(45_000);
  expect(await waits(limited.admit('192.0.2.2', 'mei'))).toBe(15);
  vi.advanceTimersByTime(15_000);
  expect(await waits(limited.admit('192.0.2.3', 'mei'))).toBe(0);
});

test('five a minute are heard for ever', async () => {
  const limited = limits();
  for (let attempt = 0; attempt < 30; attempt++) {
    expect(await waits(limited.admit('192.0.2.1', 'mei'))).toBe(0);
    vi.advanceTimersByTime(12_500);
  }
});

test('an address that tries many names waits, other addresses do not', async () => {
  const limited = limits();
  const wait: number[] = [];
  for (let name = 0; name < 6; name++) wait.push(await waits(limited.admit('192.0.2.1', `name${name}`)));
  expect(wait).toEqual([0, 0, 0, 0, 0, 60]);
  expect(await waits(limited.admit('192.0.2.2', 'somebody'))).toBe(0);
});

test('a hundred attempts at once count as a hundred', async () => {
  const limited = limits();
  const wait = await Promise.all(Array.from({ length: 100 }, () => waits(limited.admit('192.0.2.1', 'mei'))));
  expect(wait.filter((seconds) => seconds === 0)).toHaveLength(5);
});

test('a right attempt does not count, and gives an address no more than it took', async () => {
  const limited = limits();
  for (let attempt = 0; attempt < 20; attempt++) {
    await limited.admit('192.0.2.1', 'mei');
    await limited.forgive('192.0.2.1', 'mei');
  }
  const wait: number[] = [];
  for (let name = 0; name < 6; name++) wait.push(await waits(limited.admit('192.0.2.1', `name${name}`)));
  expect(wait).toEqual([0, 0, 0, 0, 0, 60]);
});

test('a name is one however it is written', async () => {
  const limited = limits();
  const wait: number[] = [];
  for (const [at, name] of ['mei', 'MEI', 'Mei', 'ｍei', 'mEi', 'meI'].entries())
    wait.push(await waits(limited.admit(`192.0.2.${at}`, name)));
  expect(wait).toEqual([0, 0, 0, 0, 0, 60]);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::1', '0:0:0:0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['local', 'local'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
