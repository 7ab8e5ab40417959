import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { read } from './reading.fixture.ts';

type Written = Parameters<typeof parquetWriteBuffer>[0];

const parquet = (options: Written) => Buffer.from(parquetWriteBuffer(options));

describe('Parquet', () => {
  test('values of every type become text', async () => {
    const moment = 1_512_086_400_123_456n;
    const bytes = parquet({
      schema: [
        { name: 'root', num_children: 9 },
        { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
        { name: 'city', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'bare', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' },
        { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
        {
          name: 'utc',
          type: 'INT64',
          repetition_type: 'REQUIRED',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
        },
        {
          name: 'local',
          type: 'INT64',
          repetition_type: 'REQUIRED',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
        },
        {
          name: 'price',
          type: 'INT64',
          converted_type: 'DECIMAL',
          scale: 2,
          precision: 18,
          repetition_type: 'REQUIRED',
        },
        { name: 'share', type: 'FLOAT', repetition_type: 'REQUIRED' },
        { name: 'is_member', type: 'BOOLEAN', repetition_type: 'REQUIRED' },
      ],
      columnData: [
        { name: 'id', data: [1234567890123456789n, -1n] },
        { name: 'city', data: ['上海\t', null] },
        { name: 'bare', data: [Buffer.from('x'), Buffer.from('文')] },
        { name: 'day', data: [17501, null] },
        { name: 'utc', data: [moment, 0n] },
        { name: 'local', data: [moment, -1n] },
        { name: 'price', data: [12345678901234567n, -5n] },
        { name: 'share', data: [0.1, 3] },
        { name: 'is_member', data: [true, false] },
      ],
    } as Written);
    const { source, records, lines } = await read('events.parquet', bytes);
    expect(source.columns).toEqual(['id', 'city', 'bare', 'day', 'utc', 'local', 'price', 'share', 'is_member']);
    expect(records).toEqual([
      [
        '1234567890123456789',
        '上海\t',
        'x',
        '2017-12-01',
        '2017-12-01T00:00:00.123456Z',
        '2017-12-01T00:00:00.123456',
        '123456789012345.67',
        '0.1',
        'true',
      ],
      ['-1', '', '文', '', '1970-01-01T00:00:00Z', '1969-12-31T23:59:59.999999', '-0.05', '3', 'false'],
    ]);
    expect(lines).toEqual([2, 3]);
    expect(source.sample).toEqual(records);
  });

  test('a list of scalars is joined', async () => {
    const bytes = parquet({
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'tags', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ],
      columnData: [{ name: 'tags', data: [['a', 'b'], [], null] }],
    } as Written);
    expect((await read('a.parquet', bytes)).records).toEqual([['a|b'], [''], ['']]);
  });

  test('batches of any size give the same records over row groups', async () => {
    const data = Array.from({ length: 2_500 }, (_, i) => i);
    const bytes = parquet({ columnData: [{ name: 'n', data, type: 'INT32' }], rowGroupSize: 1_000 });
    for (const batchBytes of [7, 1 << 20]) {
      const { records, lines, raws } = await read('a.parquet', bytes, { batchBytes });
      expect(records).toEqual(data.map((n) => [String(n)]));
      expect([lines[0], lines.at(-1), raws.at(-1)]).toEqual([2, 2_501, '{"n":"2499"}']);
    }
  });

  test('a table without records has columns', async () => {
    const { source, records } = await read(
      'a.parquet',
      parquet({ columnData: [{ name: 'n', data: [], type: 'INT32' }] }),
    );
    expect([source.columns, records]).toEqual([['n'], []]);
  });

  test('a file cut in half is refused by name', async () => {
    const bytes = parquet({ columnData: [{ name: 'n', data: [1, 2, 3], type: 'INT32' }] });
    await expect(read('half.parquet', bytes.subarray(0, bytes.length >> 1))).rejects.toThrow(
      /half\.parquet cannot be read/,
    );
  });
});
