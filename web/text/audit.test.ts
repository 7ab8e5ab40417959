import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { admin as en } from './en/admin.ts';
import { admin as zh } from './zh/admin.ts';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const noted = /(?:writeAudit\(\s*[\w.]+,\s*[\w.]+,|note\(call,)\s*'([a-z]+\.[a-z]+)'/g;

const actions = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(path))
  .flatMap((path) => [...readFileSync(join(src, path), 'utf8').matchAll(noted)].map(([, action = '']) => action));

test.each([...new Set(actions)].toSorted())('the audit tells %s in words of both languages', (action) => {
  expect(zh.actions[action]).toMatch(/\p{Script=Han}/u);
  expect(en.actions[action]).toMatch(/^[A-Z]/);
});
