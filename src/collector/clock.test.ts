import { expect, test } from 'vitest';
import { correctedTime, readTime, timeProps } from './clock.ts';

const noon = Date.UTC(2026, 2, 1, 12);
const minutes = (count: number) => count * 60_000;

test.each([
  ['no time of its own: when it was received', undefined, undefined, noon],
  ['no sending time: as the client says', noon - 7, undefined, noon - 7],
  ['the client slow by just under five minutes: as it says', noon - 7, noon - minutes(5) + 1, noon - 7],
  ['the client slow by five minutes: moved by five', noon - 7, noon - minutes(5), noon - 7 + minutes(5)],
  ['the client slow by 61.4 minutes: moved by whole minutes', noon, noon - minutes(61.4), noon + minutes(61)],
  ['the client fast by a day: moved back', noon, noon + minutes(1440), noon - minutes(1440)],
  ['an event of last year, sent now: not moved', noon - minutes(525_600), noon - 20, noon - minutes(525_600)],
  ['an event of next year, sent now: not moved', noon + minutes(525_600), noon, noon + minutes(525_600)],
])('%s', (_, original, sent, expected) => {
  expect(correctedTime({ original, sent, received: noon })).toBe(expected);
});

test('an event keeps its other times, its original one where it was moved', () => {
  const sent = noon - minutes(10);
  expect(timeProps({ original: sent, sent, received: noon })).toEqual({
    original_time: String(sent),
    sent_time: String(sent),
    received_time: String(noon),
  });
  expect(timeProps({ original: noon, received: noon })).toEqual({ received_time: String(noon) });
});

test.each<[unknown, number | undefined]>([
  ['2026-03-01T12:00:00Z', noon],
  ['2026-03-01T12:00:00.000Z', noon],
  ['2026-03-01T12:00:00.123456789Z', noon + 123],
  ['2026-03-01T12:00:00.1Z', noon + 100],
  ['2026-03-01T20:00:00+08:00', noon],
  ['2026-03-01T20:00:00+0800', noon],
  ['2026-03-01T04:00:00-08', noon],
  ['2026-03-01T12:00:00', noon],
  ['2026-03-01 12:00', noon],
  ['2026-03-01', noon - minutes(720)],
  [' 2026-03-01t12:00:00z ', noon],
  [noon, noon],
  [noon / 1000, noon],
  [noon / 1000 + 0.5, noon + 500],
  [String(noon), noon],
  [String(noon / 1000), noon],
  [noon * 1000, noon],
  [`${noon}000000`, noon],
  [null, undefined],
  [undefined, undefined],
  ['', undefined],
  ['yesterday', undefined],
  ['2026-02-30T00:00:00Z', undefined],
  ['2026-13-01', undefined],
  ['2026-03-01T25:00:00Z', undefined],
  [0, undefined],
  [-5, undefined],
  [Number.NaN, undefined],
  [true, undefined],
  [{}, undefined],
])('%j is the time %j', (value, expected) => {
  expect(readTime(value)).toBe(expected);
});
