import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { homeDir, openHomeFolder } from './home.ts';

const now = new Date('2026-11-22T03:04:05Z');
const folder = mkdtempSync(join(tmpdir(), 'qiancheng-home-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (dir: string) => openHomeFolder(dir, {}, now);

/** Another process that opens the home, says `held` or the code of its error, and stays until its input ends. */
function otherProcess(dir: string): ChildProcess {
  const program = `
    const { openHomeFolder } = await import(${JSON.stringify(new URL('home.ts', import.meta.url).href)});
    const said = await openHomeFolder(process.env.HOME_DIR, {}, new Date(0)).then(() => 'held', (error) => error.code);
    process.stdout.write(said);
    process.stdin.resume();`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    env: { ...process.env, HOME_DIR: dir },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function saying(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The other process has no output.');
  const [said] = await once(child.stdout, 'data');
  return String(said);
}

test('a home is the folder given, else the one of the environment, else qiancheng-home here', () => {
  expect(homeDir('/a', { QIANCHENG_HOME: '/b' })).toBe('/a');
  expect(homeDir(undefined, { QIANCHENG_HOME: '/b' })).toBe('/b');
  expect(homeDir(undefined, { QIANCHENG_HOME: '' })).toBe(join(process.cwd(), 'qiancheng-home'));
});

test('the first opening makes a key that only its user reads, the next finds the same one', async () => {
  const dir = join(folder, 'new', 'home');
  const first = await open(dir);
  first.release();
  const second = await open(dir);
  second.release();
  expect(first.key).toHaveLength(32);
  expect(second.key).toEqual(first.key);
  expect(readFileSync(join(dir, 'key'), 'utf8')).toBe(`${first.key.toString('hex')}\n`);
  expect(statSync(join(dir, 'key')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dir).sort()).toEqual(['key', 'registry', 'server', 'warehouse']);
});

test('two homes have two keys', async () => {
  const [one, two] = [await open(join(folder, 'one')), await open(join(folder, 'two'))];
  expect(one.key.equals(two.key)).toBe(false);
  one.release();
  two.release();
});

test('a home that is open is refused, naming who has it, since when and what to do', async () => {
  const dir = join(folder, 'open');
  const home = await open(dir);
  await expect(open(dir)).rejects.toMatchObject({
    code: 'home_locked',
    exitCode: 75,
    message: expect.stringMatching(new RegExp(`process ${process.pid} .*2026-11-22T03:04:05.000Z.*stop it`)),
  });
  home.release();
  (await open(dir)).release();
});

test('a home of another process is refused while it lives and free at once when it is killed', async () => {
  const dir = join(folder, 'killed');
  const other = otherProcess(dir);
  expect(await saying(other)).toBe('held');
  await expect(open(dir)).rejects.toMatchObject({
    code: 'home_locked',
    message: expect.stringContaining(`process ${other.pid} `),
  });
  other.kill('SIGKILL');
  const home = await open(dir);
  await expect(open(dir)).rejects.toMatchObject({ message: expect.stringContaining(`process ${process.pid} `) });
  home.release();
  expect(readdirSync(dir).sort()).toEqual(['key', 'registry', 'server', 'warehouse']);
});

test('a process that ends without letting go leaves the home free', async () => {
  const dir = join(folder, 'ended');
  const other = otherProcess(dir);
  expect(await saying(other)).toBe('held');
  other.stdin?.end();
  await once(other, 'exit');
  (await open(dir)).release();
});

const elsewhere = JSON.stringify({ pid: process.pid, born: 'another boot 1', since: 'then', nonce: 'n' });
test.each([
  ['whose process number another process has by now', elsewhere],
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, born: '', since: 'then', nonce: 'n' })],
  ['that was damaged', ''],
])('a lock %s is taken over', async (_what, lock) => {
  const dir = mkdtempSync(join(folder, 'stale-'));
  writeFileSync(join(dir, 'lock'), lock);
  (await open(dir)).release();
  expect(readdirSync(dir)).not.toContain('lock');
});

test('of four processes that find a dead lock at once exactly one gets the home', async () => {
  const dir = mkdtempSync(join(folder, 'rivals-'));
  writeFileSync(join(dir, 'lock'), elsewhere);
  const rivals = Array.from({ length: 4 }, () => otherProcess(dir));
  const said = await Promise.all(rivals.map(saying));
  expect(said.sort()).toEqual(['held', 'home_locked', 'home_locked', 'home_locked']);
  for (const rival of rivals) rival.kill('SIGKILL');
});

test('a key that is missing beside data, or damaged, is never replaced', async () => {
  const dir = mkdtempSync(join(folder, 'keyless-'));
  mkdirSync(join(dir, 'registry'));
  writeFileSync(join(dir, 'registry', 'PG_VERSION'), '18');
  await expect(open(dir)).rejects.toMatchObject({ code: 'home_key', message: expect.stringContaining('backup') });
  writeFileSync(join(dir, 'key'), 'abc');
  await expect(open(dir)).rejects.toMatchObject({ code: 'home_key' });
  expect(readFileSync(join(dir, 'key'), 'utf8')).toBe('abc');
  expect(readdirSync(dir)).not.toContain('lock');
});

test('a home that is a file is refused with what to do', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(open(file)).rejects.toMatchObject({ code: 'home_unusable', message: expect.stringContaining('--home') });
});
