import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../base/errors.ts';
import { openSource } from './open.ts';
import { read } from './reading.fixture.ts';

const body = Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 7919) % 10_007}\n`);
const text = `a,b\n${body.join('')}`;

describe('files as stored', () => {
  test('gzip is recognised by its bytes, not by its name', async () => {
    const { source, records } = await read('a.csv', gzipSync('a,b\n1,2\n'));
    expect([source.compressed, records]).toEqual([true, [['1', '2']]]);
  });

  const noise = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256);
  const olderExcel = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  test.each([
    ['half.xlsx', noise, 'half.xlsx is no text, workbook or Parquet file'],
    ['noise.csv.gz', gzipSync(noise), 'noise.csv.gz is no text'],
    ['report.xls', olderExcel, 'report.xls is an Excel workbook of before 2007'],
  ])('%s is refused by what it holds', async (name, bytes, told) => {
    await expect(read(name, bytes)).rejects.toThrow(told);
  });

  test.each([
    ['fields that a database parts by \\x01', 'a\u0001b\n1\u00012\n'.repeat(40)],
    ['a few zero bytes, though they are much of it', 'a,b\n\u0000,\u0000\n'],
  ])('a text with %s is a text', async (_, contents) => {
    expect((await read('a.csv', Buffer.from(contents))).source.columns.length).toBeGreaterThan(0);
  });

  test('gzip members one after another are one text', async () => {
    const { records } = await read('a.csv.gz', Buffer.concat([gzipSync('a,b\n1,'), gzipSync('2\n3,4\n')]));
    expect(records).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('bytes after the last gzip member are left alone', async () => {
    const { records, fault } = await read('a.csv.gz', Buffer.concat([gzipSync('a,b\n1,2\n'), Buffer.alloc(512)]));
    expect([records, fault]).toEqual([[['1', '2']], undefined]);
  });

  test('a gzip cut in half gives all that can be unpacked, then says so', async () => {
    const packed = gzipSync(text);
    const { source, records, fault } = await read('events.csv.gz', packed.subarray(0, packed.length >> 1), {
      batchBytes: 4096,
    });
    expect(source.columns).toEqual(['a', 'b']);
    expect(records.length).toBeGreaterThan(5_000);
    expect(text.startsWith(`a,b\n${records.map((record) => record.join(',')).join('\n')}`)).toBe(true);
    expect(fault).toBeInstanceOf(InputError);
    expect(fault).toMatchObject({ code: 'truncated', message: expect.stringContaining('events.csv.gz') });
  });

  test('damaged gzip gives what comes before the damage, then says so', async () => {
    const packed = Buffer.from(gzipSync(text));
    packed.fill(0xff, packed.length >> 1);
    const { records, fault } = await read('events.csv.gz', packed);
    expect(records.length).toBeGreaterThan(1_000);
    expect(fault).toMatchObject({ code: 'corrupt' });
  });

  test.each([
    ['cut off in its first bytes', gzipSync('a,b\n1,2\n').subarray(0, 9), 'truncated'],
    [
      'of which nothing can be unpacked',
      Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(40, 0xff)]),
      'corrupt',
    ],
  ])('a gzip %s is refused as damaged, not taken for empty', async (_, bytes, code) => {
    await expect(read('events.csv.gz', bytes)).rejects.toMatchObject({ name: 'InputError', code });
  });

  test('a gzip of nothing is empty', async () => {
    expect((await read('events.csv.gz', gzipSync(''))).source.columns).toEqual([]);
  });

  test('positions grow with the batches and end at the size of the file', async () => {
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const { source, positions } = await read('a.csv', bytes, { batchBytes: 1 << 16 });
      expect(source.size).toBe(bytes.length);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      expect(positions.at(-1)).toBe(bytes.length);
    }
  });

  test('a file that is not there is refused by its path', async () => {
    await expect(openSource('no/such/file.csv')).rejects.toThrow(/no\/such\/file\.csv cannot be opened/);
  });

  test('a workbook inside gzip is refused', async () => {
    await expect(read('a.xlsx.gz', gzipSync('PK\x03\x04'))).rejects.toThrow(/inside gzip/);
  });
});
