import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'qiancheng-on-disk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PARTS = 40;
const FILES = 20;
const OPEN_AT_MOST = 128;

test(`parts of ${PARTS * FILES} files are brought to disk by a process that may hold ${OPEN_AT_MOST} open`, async () => {
  for (let part = 0; part < PARTS; part += 1) {
    const at = join(folder, 'store', 'abc', 'table', `all_${part}_${part}_0`);
    mkdirSync(at, { recursive: true });
    for (let file = 0; file < FILES; file += 1) writeFileSync(join(at, `column-${file}.bin`), '');
  }
  const module = new URL('onDisk.ts', import.meta.url).href;
  const program = `const { OnDisk } = await import(${JSON.stringify(module)}); await new OnDisk(process.argv[1]).bring(); console.log('on disk');`;
  const limited = `ulimit -n ${OPEN_AT_MOST} && exec "$@"`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', program, folder];
  const { stdout } = await promisify(execFile)('sh', ['-c', limited, 'sh', ...node]);
  expect(stdout).toBe('on disk\n');
});
