import { expect, test } from 'vitest';
import { readUrl, writeUrl } from './urlState.ts';

const defaults = { tab: 'chart', days: 30, wide: false, open: null as { id: string } | null };

test.each([
  ['', { tab: 'chart', days: 30, wide: false, open: null }],
  ['tab=table&days=7&wide=1', { tab: 'table', days: 7, wide: true, open: null }],
  ['days=seven&wide=perhaps', { tab: 'chart', days: 30, wide: false, open: null }],
  ['open={"id":"fast"}', { tab: 'chart', days: 30, wide: false, open: { id: 'fast' } }],
  ['open={broken&other=1', { tab: 'chart', days: 30, wide: false, open: null }],
])('%j is read as a state', (search, expected) => {
  expect(readUrl(new URLSearchParams(search), defaults)).toEqual(expected);
});

test.each([
  ['', { days: 7 }, 'days=7'],
  ['days=7', { days: 30 }, ''],
  ['other=1', { tab: 'table' }, 'other=1&tab=table'],
  ['wide=1', { wide: false }, ''],
  ['', { open: { id: 'fast' } }, 'open=%7B%22id%22%3A%22fast%22%7D'],
  ['open=%7B%22id%22%3A%22fast%22%7D', { open: null }, ''],
])('%j with the change %j becomes %j', (search, change, expected) => {
  expect(writeUrl(new URLSearchParams(search), defaults, change).toString()).toBe(expected);
});

test('a state that was written is read again', () => {
  const state = { tab: '流转', days: 90, wide: true, open: { id: 'a&b=c' } };
  const written = writeUrl(new URLSearchParams(), defaults, state).toString();
  expect(readUrl(new URLSearchParams(written), defaults)).toEqual(state);
});
