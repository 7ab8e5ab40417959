import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { en } from '../../text/en.ts';
import { zh } from '../../text/zh.ts';
import { stateOf } from './findings.ts';

test.each([
  ['node', true, 'ok'],
  ['node', false, 'fault'],
  ['facts', false, 'fault'],
  ['disk', false, 'warning'],
  ['imports', false, 'warning'],
  ['imports', true, 'ok'],
  ['unheard', false, 'fault'],
] as const)('%s, fine: %s, is %s', (name, ok, state) => {
  expect(stateOf({ name, ok })).toBe(state);
});

const doctor = readFileSync(fileURLToPath(new URL('../../../src/app/doctor.ts', import.meta.url)), 'utf8');
const names = [...new Set([...doctor.matchAll(/(?:checked|seen)\('([a-z]+)'/g)].map(([, name = '']) => name))];

test('the checks of the server are known', () => {
  const stores = ['clock', 'leftovers', 'parts', 'registry', 'schema', 'warehouse'];
  const others = ['aside', 'books', 'disk', 'facts', 'imports', 'memory', 'node'];
  expect(names.toSorted()).toEqual([...stores, ...others].toSorted());
});

test.each(names)('%s of the server has words in both languages', (name) => {
  expect(zh.doctor.checks[name]?.todo).toMatch(/\p{Script=Han}/u);
  expect((en.doctor.checks as typeof zh.doctor.checks)[name]?.todo).toMatch(/^[A-Z]/);
});
