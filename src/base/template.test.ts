import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { copyFolder } from './folders.ts';
import { makeWhole, templatePath } from './template.ts';

const root = mkdtempSync(join(tmpdir(), 'qiancheng-template-'));
afterAll(() => rmSync(root, { recursive: true }));

const [first, second, third] = [{ number: 1, statements: ['a'] }, { number: 2, statements: ['b', 'c'] }, 'd'];

test.each([
  { name: 'store', steps: [first, second], same: true, why: 'the same steps' },
  { name: 'other', steps: [first, second], same: false, why: 'another store' },
  { name: 'store', steps: [first], same: false, why: 'a step less' },
  { name: 'store', steps: [first, second, third], same: false, why: 'a step more' },
  { name: 'store', steps: [first, third], same: false, why: 'a step that was changed' },
  { name: 'store', steps: [second, first], same: false, why: 'another order' },
])('$why: one place, $same', ({ name, steps, same }) => {
  expect(templatePath(name, steps) === templatePath('store', [first, second])).toBe(same);
});

test('a copy has every file, empty folder and link of the folder', () => {
  const [from, to] = [join(root, 'from'), join(root, 'to')];
  for (const each of ['full', 'empty']) mkdirSync(join(from, each), { recursive: true });
  writeFileSync(join(from, 'full', 'file'), 'text');
  symlinkSync('full/file', join(from, 'link'));
  copyFolder(from, to);
  expect(readdirSync(to, { recursive: true }).toSorted()).toEqual(['empty', 'full', 'full/file', 'link']);
  expect(readFileSync(join(to, 'link'), 'utf8')).toBe('text');
});

describe('a folder that is made whole', () => {
  test('takes the place of an empty one, and of what was half made before', async () => {
    const dir = join(root, 'whole');
    mkdirSync(dir);
    mkdirSync(`${dir}.new`);
    writeFileSync(join(`${dir}.new`, 'left'), '');
    await makeWhole(dir, (fresh) => {
      mkdirSync(fresh);
      writeFileSync(join(fresh, 'file'), '');
    });
    expect(readdirSync(dir)).toEqual(['file']);
    expect(existsSync(`${dir}.new`)).toBe(false);
  });

  test('has not its name before it is', async () => {
    const dir = join(root, 'torn');
    const torn = makeWhole(dir, (fresh) => {
      mkdirSync(fresh);
      throw new Error('no room');
    });
    await expect(torn).rejects.toThrow('no room');
    expect(existsSync(dir)).toBe(false);
  });
});
