import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dropHalfWritten } from './halfWritten.ts';

const files: readonly (readonly [path: string, content: string, kept: boolean])[] = [
  ['store/aaa/aaa-1/mutation_2.txt', '', false],
  ['store/aaa/aaa-1/mutation_3.txt', 'format version: 1\n', true],
  ['store/aaa/aaa-1/tmp_mutation_4.txt', '', true],
  ['store/bbb/bbb-2/stage_2.sql', '', false],
  ['store/bbb/bbb-2/turned_2_0.sql', '', false],
  ['store/bbb/bbb-2/doomed.sql', '', false],
  ['store/bbb/bbb-2/stage_3.sql', 'ATTACH TABLE', true],
  ['store/bbb/bbb-2/events.sql', '', true],
  ['store/bbb/bbb-2/deduplication_logs', '', true],
  ['mutation_9.txt', '', true],
];

test('only empty notes of changes and empty work tables are taken away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qiancheng-half-'));
  for (const [path, content] of files) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  await dropHalfWritten(folder);
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(files.filter(([path]) => left.includes(path)).map(([path]) => path)).toEqual(
    files.filter(([, , kept]) => kept).map(([path]) => path),
  );
  rmSync(folder, { recursive: true });
});

test('a folder that is not there yet is left alone', async () => {
  await expect(dropHalfWritten(join(tmpdir(), 'qiancheng-no-such-folder'))).resolves.toBeUndefined();
});
