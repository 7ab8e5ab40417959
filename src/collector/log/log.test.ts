import {
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSegmentFile } from './files.ts';
import { HEADER_BYTES } from './record.ts';
import { all, bodies, entry, inFolder, withLog } from './testing.fixture.ts';

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `body ${index}`);

describe('what is appended', () => {
  test('is read back as it was, in order, each at a place of its own', () =>
    inFolder((dir) =>
      withLog(dir, {}, async (log) => {
        const given = [
          entry('a'),
          entry(''),
          entry('two\nlines\n'),
          entry(Buffer.from([0, 255, 10, 0])),
          { ...entry('宋'), source: '店铺 "1"', head: { 名: '值\n' } },
        ];
        for (const each of given) await log.append(each);
        const placed = await all(log);
        expect(placed.map((each) => each.entry)).toEqual(given);
        expect(new Set(placed.map((each) => each.place)).size).toBe(given.length);
        expect(await all(log)).toEqual(placed);
      }),
    ));

  test('is acknowledged when it is synced and no sooner', () =>
    inFolder(async (dir) => {
      const steps: string[] = [];
      const openFile = async (path: string) => {
        const file = await openSegmentFile(path);
        return {
          ...file,
          write: (parts: readonly Buffer[], position: number) =>
            file.write(parts, position).then(() => void steps.push('written')),
          sync: () => file.sync().then(() => void steps.push('synced')),
        };
      };
      await withLog(dir, { openFile }, async (log) => {
        await log.append(entry('one')).then(() => steps.push('acknowledged'));
        await Promise.all(
          ['two', 'three'].map((body) => log.append(entry(body)).then(() => steps.push('acknowledged'))),
        );
      });
      const once = ['written', 'synced', 'acknowledged'];
      expect(steps).toEqual([...once, ...once, 'acknowledged']);
    }));

  test('two thousand at once keep their order and share a few syncs', () =>
    inFolder(async (dir) => {
      let syncs = 0;
      const openFile = async (path: string) => {
        const file = await openSegmentFile(path);
        const sync = () => {
          syncs += 1;
          return file.sync();
        };
        return { ...file, sync };
      };
      await withLog(dir, { openFile }, async (log) => {
        const acknowledged: string[] = [];
        await Promise.all(
          numbers(2000).map((body) => log.append(entry(body)).then(() => void acknowledged.push(body))),
        );
        expect(acknowledged).toEqual(numbers(2000));
        expect(await bodies(log)).toEqual(acknowledged);
        expect(syncs).toBeLessThan(20);
      });
    }));

  test('is there again when the folder is opened again, and what follows comes behind it', () =>
    inFolder(async (dir) => {
      await withLog(dir, {}, (log) => log.append(entry('first')));
      await withLog(dir, {}, (log) => log.append(entry('second')));
      expect(readdirSync(dir)).toHaveLength(1);
      await withLog(dir, {}, async (log) => expect(await bodies(log)).toEqual(['first', 'second']));
    }));

  test('after closing is refused', () =>
    inFolder(async (dir) => {
      const log = await withLog(dir, {}, async (open) => open);
      await expect(log.append(entry('late'))).rejects.toMatchObject({ code: 'log_broken' });
      await expect(log.seal()).rejects.toMatchObject({ code: 'log_broken' });
    }));
});

describe('segments', () => {
  test('end at their length, and one record longer than that has a segment of its own', () =>
    inFolder((dir) =>
      withLog(dir, { segmentBytes: 2000 }, async (log) => {
        const given = ['a'.repeat(700), 'b'.repeat(700), 'c'.repeat(9000), 'd'.repeat(10)];
        for (const body of given) await log.append(entry(body));
        expect(await bodies(log)).toEqual(given);
        expect(log.sealed().map((segment) => Math.round(segment.bytes / 1000))).toEqual([2, 9, 0]);
      }),
    ));

  test('are told by what waits until they are removed', () =>
    inFolder((dir) =>
      withLog(dir, {}, async (log) => {
        expect(log.waiting).toEqual({ segments: 0, bytes: 0, oldest: undefined });
        await log.append(entry('one', 5));
        await log.seal();
        await log.append(entry('two', 7));
        await log.append(entry('three', 6));
        const bytes = readdirSync(dir).reduce((sum, file) => sum + statSync(join(dir, file)).size, 0);
        expect(log.waiting).toEqual({ segments: 2, bytes, oldest: 5 });
        await log.sealed()[0]?.remove();
        expect(log.waiting).toMatchObject({ segments: 1, oldest: 7 });
        await log.seal();
        await log.sealed()[0]?.remove();
        await log.sealed()[0]?.remove();
        expect(log.waiting).toEqual({ segments: 0, bytes: 0, oldest: undefined });
      }),
    ));

  test('know after opening when the oldest of them was received', () =>
    inFolder(async (dir) => {
      await withLog(dir, {}, async (log) => {
        await log.append(entry('one', 5));
        await log.seal();
        await log.append(entry('two', 7));
      });
      await withLog(dir, {}, async (log) => {
        expect(log.waiting).toMatchObject({ segments: 2, oldest: 5 });
        await log.sealed()[0]?.remove();
        expect(log.waiting).toMatchObject({ segments: 1, oldest: 7 });
      });
    }));

  test('never bear a number twice, also when all were removed and the folder is opened again', () =>
    inFolder(async (dir) => {
      const seen: string[] = [];
      for (let round = 0; round < 4; round += 1)
        await withLog(dir, {}, async (log) => {
          await log.append(entry(`round ${round}`));
          await log.seal();
          for (const segment of log.sealed()) {
            seen.push(segment.name.slice(0, 12));
            await segment.remove();
          }
          expect(log.sealed()).toEqual([]);
        });
      expect(seen).toEqual(['000000000001', '000000000002', '000000000003', '000000000004']);
    }));

  test('that hold nothing are not sealed, and a seal is never lost among appends', () =>
    inFolder((dir) =>
      withLog(dir, {}, async (log) => {
        await log.seal();
        expect(log.sealed()).toEqual([]);
        await Promise.all([log.append(entry('a')), log.seal(), log.append(entry('b')), log.seal()]);
        expect(await bodies(log)).toEqual(['a', 'b']);
      }),
    ));
});

describe('a crash', () => {
  /** A folder with three records, and where the last of them begins and ends. */
  async function threeIn(dir: string): Promise<{ path: string; begin: number; end: number }> {
    await withLog(dir, {}, async (log) => {
      for (const body of ['one', 'two', 'three']) await log.append(entry(body));
    });
    const path = join(dir, readdirSync(dir)[0] ?? '');
    const end = statSync(path).size;
    return { path, begin: readFileSync(path).lastIndexOf('{"source":"') - HEADER_BYTES, end };
  }

  test('in the last record, after any of its bytes, loses that record only, and the log goes on', () =>
    inFolder(async (dir) => {
      const { path, begin, end } = await threeIn(join(dir, 'whole'));
      const file = path.split('/').at(-1) ?? '';
      for (let length = begin; length < end; length += 1) {
        const copy = join(dir, String(length));
        cpSync(join(dir, 'whole'), copy, { recursive: true });
        truncateSync(join(copy, file), length);
        await withLog(copy, { onDamage: (what) => expect.unreachable(what) }, async (log) => {
          await log.append(entry('four'));
          expect(await bodies(log), `cut at ${length}`).toEqual(['one', 'two', 'four']);
        });
        rmSync(copy, { recursive: true });
      }
    }));

  test('that leaves any byte of the last record wrong loses that record only', () =>
    inFolder(async (dir) => {
      const { path, begin, end } = await threeIn(join(dir, 'whole'));
      const whole = readFileSync(path);
      for (let offset = begin; offset < end; offset += 1) {
        const spoiled = Buffer.from(whole);
        spoiled.writeUInt8((spoiled.readUInt8(offset) + 1) % 256, offset);
        writeFileSync(path, spoiled);
        await withLog(join(dir, 'whole'), {}, async (log) => {
          expect(log.waiting.bytes, `byte ${offset}`).toBe(begin);
        });
      }
    }));

  test('that leaves zeros behind the records loses none', () =>
    inFolder(async (dir) => {
      const { path, end } = await threeIn(dir);
      truncateSync(path, end + 4096);
      await withLog(dir, {}, async (log) => {
        await log.append(entry('four'));
        expect(await bodies(log)).toEqual(['one', 'two', 'three', 'four']);
      });
      await withLog(dir, { onDamage: (what) => expect.unreachable(what) }, async (log) =>
        expect(await bodies(log)).toEqual(['one', 'two', 'three', 'four']),
      );
    }));

  test('in the midst of a body that looks like records does not make events of it', () =>
    inFolder(async (dir) => {
      const { path } = await threeIn(join(dir, 'other'));
      const forged = readFileSync(path);
      await withLog(join(dir, 'own'), {}, async (log) => {
        await log.append(entry('own'));
        await log.append(entry(Buffer.concat([forged, forged])));
      });
      const own = join(dir, 'own', readdirSync(join(dir, 'own'))[0] ?? '');
      truncateSync(own, statSync(own).size - 1);
      await withLog(join(dir, 'own'), {}, async (log) => expect(await bodies(log)).toEqual(['own']));
    }));
});

describe('damage on disk', () => {
  const where = ['the length', 'the checksum', 'the line', 'the body'] as const;
  const at = { 'the length': 1, 'the checksum': 5, 'the line': 12, 'the body': 0 };

  test.each(where)('of %s of a record in the middle costs that record, is told, and is kept aside', (part) =>
    inFolder(async (dir) => {
      const whole = ['one', 'two', 'three'];
      for (const isOlder of [true, false]) {
        const folder = join(dir, String(isOlder));
        await withLog(folder, {}, async (log) => {
          for (const body of whole) await log.append(entry(body));
          if (isOlder) await log.seal();
        });
        const file = readdirSync(folder).toSorted()[0] ?? '';
        const bytes = readFileSync(join(folder, file));
        const second = bytes.indexOf('{"source":"', bytes.indexOf('one')) - HEADER_BYTES;
        const third = bytes.lastIndexOf('{"source":"') - HEADER_BYTES;
        const spoilt = part === 'the body' ? third - 1 : second + at[part];
        bytes.writeUInt8(bytes.readUInt8(spoilt) ^ 0x40, spoilt);
        writeFileSync(join(folder, file), bytes);
        const told: string[] = [];
        await withLog(folder, { onDamage: (what) => told.push(what) }, async (log) => {
          expect(await bodies(log)).toEqual(['one', 'three']);
          expect(await bodies(log)).toEqual(['one', 'three']);
          expect(told).toEqual([`${file} at ${second}: ${third - second} bytes are no records`]);
          await log.sealed()[0]?.remove();
          expect(log.sealed()).toEqual([]);
        });
        expect(readdirSync(folder)).toContain(`${file}.damaged`);
        await withLog(folder, {}, async (log) => expect(await bodies(log)).toEqual([]));
      }
    }),
  );

  test('does not give the number of a segment kept aside again', () =>
    inFolder(async (dir) => {
      await withLog(dir, {}, (log) => log.append(entry('one')));
      const file = readdirSync(dir)[0] ?? '';
      copyFileSync(join(dir, file), join(dir, `${file}.damaged`));
      rmSync(join(dir, file));
      await withLog(dir, {}, async (log) => {
        await log.append(entry('two'));
        await log.seal();
        expect(log.sealed()[0]?.name.slice(0, 12)).toBe('000000000002');
      });
    }));
});
