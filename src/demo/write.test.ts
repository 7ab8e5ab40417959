import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../base/errors.ts';
import { writeDemo } from './write.ts';

const root = await mkdtemp(join(tmpdir(), 'demo-'));
afterAll(() => rm(root, { recursive: true }));

test('the folder holds the files of the manifest and no others', async () => {
  const told: number[] = [];
  const dir = join(root, 'new');
  const manifest = await writeDemo(dir, { events: 2000, watch: (done) => told.push(done) });
  expect((await readdir(dir)).sort()).toEqual(manifest.files.map(({ file }) => file).sort());
  expect((await readFile(join(dir, 'events.csv'), 'utf8')).trimEnd().split('\n')).toHaveLength(2001);
  expect(told.at(-1)).toBe(2000);
});

test('a folder with something in it is left alone', async () => {
  const dir = join(root, 'taken');
  await writeDemo(dir, { events: 1000 });
  await writeFile(join(dir, 'events.csv'), 'mine');
  await expect(writeDemo(dir, { events: 1000 })).rejects.toThrow(InputError);
  expect(await readFile(join(dir, 'events.csv'), 'utf8')).toBe('mine');
});
