import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSegmentFile, type SegmentFile } from './files.ts';
import type { LogOptions } from './log.ts';
import { bodies, entry, inFolder, withLog } from './testing.fixture.ts';

const fails = (code: string) => () => Promise.reject(Object.assign(new Error(`test ${code}`), { code }));

/** Files whose acts fail as told at the time. */
function failing(): { openFile: NonNullable<LogOptions['openFile']>; acts: Partial<SegmentFile>; open?: string } {
  const acts: Partial<SegmentFile> = {};
  const state: ReturnType<typeof failing> = {
    acts,
    openFile: async (path) => {
      if (state.open) return fails(state.open)();
      const file = await openSegmentFile(path);
      return {
        write: (parts, position) => (acts.write ?? file.write)(parts, position),
        sync: () => (acts.sync ?? file.sync)(),
        truncate: (length) => (acts.truncate ?? file.truncate)(length),
        close: () => file.close(),
      };
    },
  };
  return state;
}

describe('a disk that fails', () => {
  const faults = [
    { what: 'is full while writing', acts: { write: fails('ENOSPC') }, code: 'log_full' },
    { what: 'is over its quota', acts: { write: fails('EDQUOT') }, code: 'log_full' },
    { what: 'cannot write', acts: { write: fails('EIO') }, code: 'log_broken' },
    { what: 'is full while syncing', acts: { sync: fails('ENOSPC') }, code: 'log_full' },
    { what: 'cannot sync', acts: { sync: fails('EIO') }, code: 'log_broken' },
    { what: 'cannot write nor cut', acts: { write: fails('EIO'), truncate: fails('EIO') }, code: 'log_broken' },
    { what: 'cannot sync nor cut', acts: { sync: fails('EIO'), truncate: fails('EIO') }, code: 'log_broken' },
  ];

  test.each(faults)('because it $what: what waited is refused, and later appends are taken', ({ acts, code }) =>
    inFolder(async (dir) => {
      const files = failing();
      await withLog(dir, { openFile: files.openFile }, async (log) => {
        await log.append(entry('before'));
        Object.assign(files.acts, acts);
        const lost = await Promise.allSettled([log.append(entry('lost 1')), log.append(entry('lost 2'))]);
        expect(lost.map((each) => each.status === 'rejected' && each.reason)).toMatchObject([{ code }, { code }]);
        for (const act of Object.keys(acts)) delete files.acts[act as keyof SegmentFile];
        await log.append(entry('after'));
        expect(await bodies(log)).toEqual(['before', 'after']);
      });
      await withLog(dir, {}, async (log) => {
        const kept = await bodies(log);
        expect([kept[0], kept.at(-1)]).toEqual(['before', 'after']); // what was refused may be read again, not what was kept lost
      });
    }),
  );

  test('while the first record is written leaves no empty segment behind', () =>
    inFolder(async (dir) => {
      const files = failing();
      await withLog(dir, { openFile: files.openFile }, async (log) => {
        files.acts.sync = fails('EIO');
        await expect(log.append(entry('lost'))).rejects.toMatchObject({ code: 'log_broken' });
        delete files.acts.sync;
        await log.append(entry('kept'));
        expect(await bodies(log)).toEqual(['kept']);
        expect(log.sealed()).toHaveLength(1);
      });
      expect(
        readdirSync(dir)
          .map((name) => name.slice(0, 12))
          .toSorted(),
      ).toEqual(['000000000002', '000000000003']);
    }));

  test('when a new segment is to be made refuses, and goes on once it can be made', () =>
    inFolder(async (dir) => {
      const files = failing();
      await withLog(dir, { openFile: files.openFile, segmentBytes: 300 }, async (log) => {
        await log.append(entry('a'.repeat(300)));
        files.open = 'ENOSPC';
        await expect(log.append(entry('lost'))).rejects.toMatchObject({ code: 'log_full' });
        await expect(log.seal()).rejects.toMatchObject({ code: 'log_full' });
        delete files.open;
        await log.append(entry('b'));
        expect(await bodies(log)).toEqual(['a'.repeat(300), 'b']);
      });
    }));
});

describe('guards', () => {
  test('a queue longer than memory allows refuses at once what comes on top', () =>
    inFolder((dir) =>
      withLog(dir, { mostQueued: 3000 }, async (log) => {
        const body = 'a'.repeat(1000);
        const results = await Promise.allSettled([1, 2, 3].map(() => log.append(entry(body))));
        expect(results.map((each) => each.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
        expect(results[2]).toMatchObject({ reason: { code: 'log_full', retrySeconds: 1 } });
        await log.append(entry(body));
        expect(await bodies(log)).toHaveLength(3);
      }),
    ));

  test('a log that nobody empties refuses at its limit, and takes again when a segment is removed', () =>
    inFolder((dir) =>
      withLog(dir, { mostWaiting: 3000 }, async (log) => {
        await log.append(entry('a'.repeat(2000)));
        await log.seal();
        expect(log.refusal(1000)).toMatchObject({ code: 'log_full' });
        await expect(log.append(entry('b'.repeat(1000)))).rejects.toMatchObject({ code: 'log_full' });
        await log.sealed()[0]?.remove();
        await log.append(entry('c'.repeat(1000)));
        expect(await bodies(log)).toEqual(['c'.repeat(1000)]);
      }),
    ));

  const disks = [
    { free: 600, total: 252_000, taken: true },
    { free: 512, total: 252_000, taken: false },
    { free: 60, total: 1000, taken: true },
    { free: 49, total: 1000, taken: false },
  ];

  test.each(disks)('a disk of $total MB with $free MB free takes more: $taken', ({ free, total, taken }) =>
    inFolder(async (dir) => {
      const space = async () => ({ free: free * 1024 ** 2, total: total * 1024 ** 2 });
      await withLog(dir, { space }, async (log) => {
        const done = log.append(entry('a'));
        if (taken) await done;
        else await expect(done).rejects.toMatchObject({ code: 'log_full' });
      });
    }),
  );

  test('a disk is looked at again after a while: one that fills is refused, one with room again is taken', () =>
    inFolder(async (dir) => {
      let free = 5000;
      const space = async () => ({ free, total: 100_000 });
      await withLog(dir, { space, reserveBytes: 1000, lookMs: 1 }, async (log) => {
        expect(log.refusal(1500)).toBeUndefined();
        free = 900;
        await expect.poll(() => log.refusal(1500)).toMatchObject({ code: 'log_full', retrySeconds: 10 });
        free = 9000;
        await expect.poll(() => log.refusal(1500)).toBeUndefined();
      });
    }));

  test('what is written between two looks at the disk counts', () =>
    inFolder(async (dir) => {
      const space = async () => ({ free: 5000, total: 100_000 });
      await withLog(dir, { space, reserveBytes: 1000 }, async (log) => {
        await log.append(entry('a'.repeat(2000)));
        await expect(log.append(entry('a'.repeat(2000)))).rejects.toMatchObject({ code: 'log_full' });
      });
    }));
});

/** Mounts a disk of 1 MB on a folder; false where that is not permitted. */
function mounted(dir: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a disk that is really full loses nothing that was acknowledged, and takes again when there is room', (context) =>
  inFolder(async (dir) => {
    const disk = join(dir, 'disk');
    mkdirSync(disk);
    if (!mounted(disk)) return context.skip('a small disk can be mounted by root on Linux only');
    try {
      await withLog(disk, { reserveBytes: 0, space: async () => ({ free: 1e9, total: 1e9 }) }, async (log) => {
        writeFileSync(join(disk, 'other'), Buffer.alloc(600_000));
        const acknowledged: string[] = [];
        const attempts = Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(20_000)}`);
        const refusals: unknown[] = [];
        for (const body of attempts)
          await log.append(entry(body)).then(
            () => acknowledged.push(body),
            (error) => refusals.push(error.code),
          );
        expect(acknowledged.length).toBeGreaterThan(5);
        expect(new Set(refusals)).toEqual(new Set(['log_full']));
        rmSync(join(disk, 'other'));
        await log.append(entry('after'));
        expect(await bodies(log)).toEqual([...acknowledged, 'after']);
        const sizes = readdirSync(disk).map((file) => statSync(join(disk, file)).size);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(log.waiting.bytes);
      });
    } finally {
      execFileSync('umount', [disk]);
    }
  }));
