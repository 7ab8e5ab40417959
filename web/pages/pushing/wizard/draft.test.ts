import { expect, test } from 'vitest';
import type { Push } from '../../../../src/api/pushes.ts';
import { draftFrom, draftOf, identifierKey, identifierOf, pushOf, standard } from './draft.ts';

const asked = { ...standard, name: ' 加购 ', audience: 'a', destination: 'b' };

test('a draft without more asks for a tenth held out and all that the destination takes', () => {
  expect(pushOf(asked)).toEqual({
    ...{ name: '加购', audience: 'a', destination: 'b', holdout: 0.1, minimum: 100, exclude: [], trigger: 'manual' },
  });
});

test('limits and times are asked for where they are set', () => {
  const draft = {
    ...asked,
    isCapped: true,
    identifiers: ['phone:md5'],
    trigger: 'schedule',
    cron: ' 0 9 * * 1 ',
  } as const;
  const { cap, cron, identifiers } = pushOf(draft);
  expect({ cap, cron, identifiers }).toEqual({
    ...{ cap: { pushes: 3, days: 30 }, cron: '0 9 * * 1', identifiers: ['phone:md5'] },
  });
});

test('a push that is made gives the draft that it came from', () => {
  const draft = {
    ...{ name: '加购', audience: 'a', destination: 'b', identifiers: ['phone:md5'], holdout: 12.5, minimum: 50 },
    ...{ isCapped: true, pushes: 2, days: 7, exclude: ['c'], trigger: 'schedule', cron: '0 9 * * 1' },
  } as const;
  const { cap = null, cron = null, ...made } = pushOf(draft);
  const push = { ...made, cap, cron } as unknown as Push; // as: the parts that a draft has
  expect(draftOf(push)).toEqual(draft);
});

test('an address brings what it knows, and nothing of another type', () => {
  const given = { audience: 'a', holdout: 'much', exclude: 'x', days: 7, unknown: 1 };
  expect(draftFrom(given, { destination: 'b' })).toEqual({ ...standard, audience: 'a', destination: 'b', days: 7 });
});

test.each([
  { key: 'phone:sha256', fits: true },
  { key: 'openid:plain', fits: true },
  { key: 'phone', fits: false },
  { key: 'phone:sha1', fits: false },
  { key: 'Phone:md5', fits: false },
])('$key names an identifier and its form: $fits', ({ key, fits }) => {
  expect(identifierKey.test(key)).toBe(fits);
});

test.each([
  ['手机号 · SHA', 'phone:sha256'],
  ['手机号', 'phone:md5'],
  ['phone:plain', 'phone:plain'],
  ['OAID · md5', 'oaid:md5'],
  ['座机', '座机'],
])('%s, typed, is %s', (typed, key) => {
  const offered = [
    { value: 'phone:md5', label: '手机号 · MD5' },
    { value: 'phone:sha256', label: '手机号 · SHA-256' },
    { value: 'oaid:md5', label: 'OAID · MD5' },
  ];
  expect(identifierOf(typed, offered)).toBe(key);
});
