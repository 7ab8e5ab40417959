import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { errors } from './zh/errors.ts';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** Faults of the terminal and of a start, which no browser is told. */
const terminal: readonly string[] = ['port_used'];

const thrown = /new (?:Input|NotFound|Conflict|Refused|Unavailable|Http)Error\(\s*(?:\d+,\s*)?'([a-z_]+)'/g;

const codes = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(path) && !path.startsWith('cli/'))
  .flatMap((path) => [...readFileSync(join(src, path), 'utf8').matchAll(thrown)].map(([, code = '']) => code));

test.each([...new Set(codes)].filter((code) => !terminal.includes(code)).toSorted())(
  'a fault %s has Chinese words where the server tells none',
  (code) => {
    expect(errors[code]).toMatch(/\p{Script=Han}/u);
  },
);

test('no words ask for the English of the server', () => {
  expect(Object.values(errors).filter((words) => words.includes('{detail}'))).toEqual([]);
});
