import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileReport } from '../../src/intake/report.ts';
import { zipOf } from '../../src/sources/read/reading.fixture.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { type Cells, csv, Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
afterAll(() => home.end());

type Counted = Pick<FileReport, 'read' | 'accepted' | 'duplicate' | 'rejected'>;

/** read, accepted, duplicate, rejected. */
const counts = ({ read, accepted, duplicate, rejected }: Counted) => [read, accepted, duplicate, rejected];

let sources = 0;
/** A source of a test's own, so that tests that share the home cannot meet. */
const fresh = () => ({ source: `s${sources++}` });

const reasonsOf = async (imported: number) =>
  (await home.rejects({ import: imported })).map(({ line, column, reason }) => `${line} ${column} ${reason}`);

describe('a file is taken as its platform wrote it', () => {
  test('in GBK with Chinese headers, by preset', async () => {
    // "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额" and 上海 in GBK.
    const header =
      'b6a9b5a5b1e0bac52cd7dcbdf0b6ee2cc2f2bcd2cab5bccad6a7b8b6bdf0b6ee2ccad5bbf5b5d8d6b72cb6a9b5a5b4b4bda8cab1bce42cb6a9b5a5b8b6bfeecab1bce42ccdcbbfeebdf0b6ee0a';
    const place = Buffer.from('c9cfbaa3', 'hex');
    const line = (text: string) =>
      Buffer.concat(text.split('@').flatMap((part, i) => (i === 0 ? [Buffer.from(part)] : [place, Buffer.from(part)])));
    const bytes = Buffer.concat([
      Buffer.from(header, 'hex'),
      line('1,178.80,0.00,@,2020-02-21 00:00:00,,0.00\n'),
      line('2,21.00,21.00,@,2020-02-20 23:59:54,2020-02-21 00:00:02,0.00\n'),
    ]);
    const report = await home.bring('report.csv', bytes);
    expect([report.preset, report.entity, ...counts(report), report.unmapped]).toEqual([
      'tmall-orders',
      'orders',
      2,
      2,
      0,
      0,
      ['收货地址'],
    ]);
    expect(
      await home.rows(
        sql`SELECT order_id, amount, status, props['收货地址'] AS place, toString(pay_at) AS paid FROM order_lines WHERE source = 'tmall' ORDER BY order_id`,
      ),
    ).toEqual([
      { order_id: '1', amount: 0, status: 'unpaid', place: '上海', paid: null },
      { order_id: '2', amount: 2100, status: '', place: '上海', paid: '2020-02-20 16:00:02.000' },
    ]);
  });

  test('in a workbook with Excel dates', async () => {
    const report = await home.bring('members.xlsx', workbook, fresh());
    expect([report.entity, ...counts(report)]).toEqual(['members', 2, 2, 0, 0]);
    expect(
      await home.rows(
        sql`SELECT toString(day) AS day, toString(join_at) AS at, tier FROM memberships WHERE source = ${`s${sources - 1}`} ORDER BY line`,
      ),
    ).toEqual([
      { day: '2017-12-01', at: '2017-11-30 16:00:00.000', tier: '' },
      { day: '2017-12-01', at: '2017-12-01 10:00:00.000', tier: 'gold' },
    ]);
  });

  const pv = 'behavior,id_user,event_time\npv,1,2026-06-01\nfav,2,2026-06-01 08:00:00\n';
  const lines = [
    '{"event_time":"2026-06-01","behavior":"pv","id_user":1}',
    '{"behavior":"fav","id_user":"2","event_time":1780272000,"extra":{"a":[1]}}',
  ];
  const parquet = Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'event_time', data: ['2026-06-01', '2026-06-01 08:00:00'], type: 'STRING' },
        { name: 'behavior', data: ['pv', 'fav'], type: 'STRING' },
        { name: 'id_user', data: [1n, 2n], type: 'INT64' },
      ],
    }),
  );
  test.each([
    ['with a byte order mark', 'events.csv', `\ufeff${pv}`],
    ['with semicolons', 'events.csv', pv.replaceAll(',', ';')],
    ['with tabs', 'events.tsv', pv.replaceAll(',', '\t')],
    ['with lines of Windows', 'events.csv', pv.replaceAll('\n', '\r\n')],
    ['without a last line end', 'events.csv', pv.trimEnd()],
    ['in UTF-16', 'events.csv', Buffer.from(`\ufeff${pv}`, 'utf16le')],
    ['in gzip', 'events.csv.gz', gzipSync(pv)],
    ['as JSON Lines', 'events.jsonl', lines.join('\n')],
    ['as Parquet', 'events.parquet', parquet],
  ])('%s', async (_, name, content) => {
    const source = fresh();
    const report = await home.bring(name, content, source);
    expect([report.entity, report.preset, ...counts(report)]).toEqual(['events', 'canonical', 2, 2, 0, 0]);
    const users = sql`SELECT behavior, toString(at) AS at FROM events WHERE source = ${source.source} ORDER BY behavior DESC`;
    expect(await home.rows(users)).toEqual([
      { behavior: 'item_view', at: '2026-05-31 16:00:00.000' },
      { behavior: 'favorite', at: '2026-06-01 00:00:00.000' },
    ]);
  });
});

/** 43070 is 2017-12-01, and .75 of it six in the evening; style 1 is a date, style 2 a date with its time. */
const workbook = zipOf({
  'xl/workbook.xml':
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="r0" Type="t" Target="worksheets/sheet0.xml"/></Relationships>',
  'xl/styles.xml':
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="200" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="201" formatCode="yyyy/m/d h:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs></styleSheet>',
  'xl/worksheets/sheet0.xml': `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>${[
    'id_member',
    'join_time',
    'tier',
  ]
    .map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`)
    .join(
      '',
    )}</row><row><c><v>7</v></c><c s="1"><v>43070</v></c></row><row><c><v>8</v></c><c s="2"><v>43070.75</v></c><c t="inlineStr"><is><t>gold</t></is></c></row></sheetData></worksheet>`,
});

const event = (n: number) => `2026-06-01,pv,u${n}`;
const header = 'event_time,behavior,id_user';

describe('a damaged file', () => {
  test('gives all rows but a line broken in the middle', async () => {
    const text = [header, event(1), '2026-06-01,pv,u2,too,much', event(3), '2026-06-01', '', event(4)].join('\n');
    const report = await home.bring('events.csv', text, fresh());
    expect(counts(report)).toEqual([5, 3, 0, 2]);
    expect(await home.rejects({ import: report.import })).toMatchObject([
      { file: 'events.csv', line: 3, reason: 'fields', raw: '2026-06-01,pv,u2,too,much' },
      { file: 'events.csv', line: 5, reason: 'fields', raw: '2026-06-01' },
    ]);
  });

  test('with a quote that is never closed loses one line, not the rest', async () => {
    const text = [header, event(1), '2026-06-01,pv,"u2', event(3), event(4)].join('\n');
    const report = await home.bring('events.csv', text, fresh());
    expect([...counts(report), ...(await reasonsOf(report.import))]).toEqual([4, 3, 0, 1, '3  quotes']);
  });

  test('of no bytes is skipped with a word, alone and in a folder', async () => {
    expect(await home.bring('events.csv', '')).toMatchObject({ read: 0, rejected: 0, message: 'The file is empty.' });
    const report = await home.take(home.folder({ 'a.csv': '', 'events.csv': `${header}\n${event(1)}\n` }), fresh());
    expect(report.files.map(counts)).toEqual([
      [0, 0, 0, 0],
      [1, 1, 0, 0],
    ]);
  });

  test('with a header alone has no rows', async () => {
    expect(counts(await home.bring('events.csv', `${header}\n`, fresh()))).toEqual([0, 0, 0, 0]);
  });

  test('cut in half gives its whole lines; the half one is a reject', async () => {
    const text = `${[header, ...Array.from({ length: 100 }, (_, i) => event(i))].join('\n')}\n`;
    const half = text.slice(0, text.indexOf('u50') - 5);
    const report = await home.bring('events.csv', half, fresh());
    expect([...counts(report), ...(await reasonsOf(report.import))]).toEqual([51, 50, 0, 1, '52  fields']);
  });

  test('of gzip cut in half gives what can be unpacked, says so, and is no more than that when it comes again', async () => {
    const text = `${[header, ...Array.from({ length: 20_000 }, (_, i) => `2026-06-01,pv,u${(i * 7919) % 20_011}`)].join('\n')}\n`;
    const packed = gzipSync(text);
    const half = packed.subarray(0, packed.length / 2);
    const source = fresh();
    const first = await home.bring('events.csv.gz', half, source);
    expect(first.read).toBeGreaterThan(1000);
    expect(first.read).toBeLessThan(19_000);
    expect(first.accepted + first.rejected).toBe(first.read);
    expect(first.rejected).toBeLessThan(2);
    expect(first.message).toContain('its gzip data is cut off');
    expect(counts(await home.bring('events.csv.gz', half, source))).toEqual([
      first.read,
      0,
      first.accepted,
      first.rejected,
    ]);
    await home.undo(first.import);
    await home.undo(first.import + 1);
    expect(counts(await home.bring('events.csv.gz', packed, source))).toEqual([20_000, 20_000, 0, 0]);
  });

  test('does not keep the others of its folder from coming in', async () => {
    const folder = home.folder({
      'a.xlsx': 'PK\u0003\u0004 no workbook',
      'b.csv.gz': gzipSync('a,b\n1,2\n').subarray(0, 15),
      'c.parquet': 'PAR1 no columns',
      'events.csv': `${header}\n${event(1)}\n`,
    });
    const report = await home.take(folder, fresh());
    const byName = new Map(report.files.map((file) => [file.file, file]));
    expect(byName.get('events.csv')?.accepted).toBe(1);
    for (const name of ['a.xlsx', 'b.csv.gz', 'c.parquet'])
      expect([name, byName.get(name)?.message]).toEqual([name, expect.stringMatching(/./)]);
  });
});

describe('what nothing recognises', () => {
  const strange = 'when,what,who\n2026-06-01,pv,9\n2026-06-02,cart,8\n';
  const mapping = 'entity: events\ncolumns:\n  event_time: when\n  behavior: what\n  id_user: who\n';

  test('becomes rejects while the others are taken, and comes in by a mapping', async () => {
    const source = fresh();
    const folder = home.folder({ 'events.csv': `${header}\n${event(1)}\n`, 'strange.csv': strange });
    const report = await home.take(folder, source);
    expect(report.files.map((file) => [file.file, file.entity, ...counts(file)])).toEqual([
      ['events.csv', 'events', 1, 1, 0, 0],
      ['strange.csv', 'unknown', 2, 0, 0, 2],
    ]);
    expect(report.files[1]?.message).toContain('rejects replay --mapping FILE');
    expect(await home.rejects({ import: report.import })).toMatchObject([
      { line: 2, reason: 'unknown_entity', raw: '2026-06-01,pv,9' },
      { line: 3, reason: 'unknown_entity', raw: '2026-06-02,cart,8' },
    ]);
    expect((await home.take(folder, source)).files.map(counts)).toEqual([
      [1, 0, 1, 0],
      [2, 0, 0, 2],
    ]);
    await expect(home.replay({ import: report.import })).rejects.toThrow('--mapping FILE');
    const replayed = await home.replay({ import: report.import, mapping: home.file('m.yaml', mapping) });
    expect(replayed.files.map(counts)).toEqual([[2, 2, 0, 0]]);
    expect(await home.rejects({ import: report.import })).toEqual([]);
    expect(await home.rows(sql`SELECT count() AS rows FROM events WHERE source = ${source.source}`)).toEqual([
      { rows: 3 },
    ]);
  });

  test('is refused whole under --strict', async () => {
    await expect(home.bring('strange.csv', strange, { ...fresh(), strict: true })).rejects.toThrow(
      'Nothing recognises the columns when, what, who',
    );
  });

  test.each([
    ['a folder without data files', () => home.take(home.folder({ 'README.md': 'hello' })), 'has no data file'],
    ['a path that is not there', () => home.take('/nowhere/at/all'), 'There is no file or folder /nowhere/at/all'],
    ['a preset that is not there', () => home.bring('a.csv', 'a\n1\n', { preset: 'nope' }), 'There is no preset nope'],
    [
      'a preset for another file',
      () => home.bring('a.csv', 'a\n1\n', { preset: 'tmall-orders' }),
      'lacks the columns 订单编号',
    ],
    [
      'a mapping file with faults',
      () =>
        home.bring('a.csv', strange, { mapping: home.file('m.yaml', 'entity: evnts\ncolumns: { behaviour: what }\n') }),
      'entity must be one of',
    ],
    [
      'a mapping file that is not there',
      () => home.bring('a.csv', strange, { mapping: '/nowhere.yaml' }),
      'The mapping file /nowhere.yaml cannot be read',
    ],
    [
      'a mapping for another file',
      () => home.bring('a.csv', 'x,y\n1,2\n', { ...fresh(), mapping: home.file('m.yaml', mapping) }),
      'events needs event_time, behavior',
    ],
  ])('%s is told in words', async (_, work, words) => {
    await expect(work()).rejects.toThrow(words);
  });

  test('a mapping for one file of a folder leaves the others to be recognised', async () => {
    const folder = home.folder({ 'events.csv': `${header}\n${event(1)}\n`, 'strange.csv': strange });
    const report = await home.take(folder, { ...fresh(), mapping: home.file('m.yaml', mapping) });
    expect(report.files.map((file) => [file.preset, ...counts(file)])).toEqual([
      ['canonical', 1, 1, 0, 0],
      ['mapping', 2, 2, 0, 0],
    ]);
  });
});

describe('a row that cannot be taken', () => {
  const rows = (entity: string, header: string, ...list: readonly (readonly [row: string, why: string])[]) => ({
    entity,
    header,
    list,
  });
  test.each([
    rows(
      'events',
      'event_time,behavior,id_user,id_phone',
      ['2026-06-01,pv, ,', 'id_ no_identifier'],
      ['yesterday,pv,1,', 'event_time time'],
      ['2026-02-30,pv,1,', 'event_time time'],
      [',pv,1,', 'event_time missing'],
      ['2026-06-01,,1,', 'behavior missing'],
      ['2026-07-02 08:00:01,pv,1,', 'event_time future'],
      ['2026-07-02 08:00:00,pv,1,', ''],
      ['2026-07-01T23:00:00Z,pv,1,', ''],
      ['2026-06-01,pv,anonymous,', ''],
    ),
    rows(
      'orders',
      'order_id,order_time,amount,id_user,quantity,refund_time',
      ['1,2026-06-01,5,1,1,2026-08-01', 'refund_time future'],
      ['2,2026-06-01,five,1,1,', 'amount number'],
      ['3,2026-06-01,1.2.3,1,1,', 'amount number'],
      ['4,2026-06-01,5,1,x,', 'quantity number'],
      ['5,2026-06-01,"1,299.00",1,2,', ''],
    ),
    rows(
      'reviews',
      'review_time,id_user,rating',
      ['2026-06-01,1,6', 'rating range'],
      ['2026-06-01,1,0', 'rating range'],
      ['2026-06-01,1,five', 'rating range'],
      ['2026-06-01,1,5', ''],
      ['2026-06-01,1,', ''],
    ),
  ])(
    'in $entity is kept with its line, column and reason, and the others are taken',
    async ({ entity, header: columns, list }) => {
      const report = await home.bring(`${entity}.csv`, [columns, ...list.map(([row]) => row)].join('\n'), fresh());
      const expected = list.flatMap(([raw, why], i) => (why === '' ? [] : [`${i + 2} ${why} ${raw}`]));
      const kept = await home.rejects({ import: report.import });
      expect(kept.map(({ line, column, reason, raw }) => `${line} ${column} ${reason} ${raw}`)).toEqual(expected);
      expect(counts(report)).toEqual([list.length, list.length - expected.length, 0, expected.length]);
    },
  );

  test('under --strict keeps the whole file out, and is shown', async () => {
    const text = `${header}\n${event(1)}\nyesterday,pv,2\n`;
    const source = fresh();
    await expect(home.bring('events.csv', text, { ...source, strict: true })).rejects.toThrow(
      '1 of 2 rows cannot be taken',
    );
    expect(await home.rows(sql`SELECT count() AS rows FROM events WHERE source = ${source.source}`)).toEqual([
      { rows: 0 },
    ]);
    expect((await home.rejects()).filter(({ raw }) => raw === 'yesterday,pv,2')).toHaveLength(1);
    expect(counts(await home.bring('events.csv', text, source))).toEqual([2, 1, 0, 1]);
    expect((await home.rejects()).filter(({ raw }) => raw === 'yesterday,pv,2')).toHaveLength(1);
  });
});

test('columns in no mapping are kept in props and counted', async () => {
  const source = fresh();
  const report = await home.bring(
    'events.csv',
    'event_time,behavior,id_user,颜色,ab test\n2026-06-01,pv,1,红,x\n2026-06-02,pv,1,,y\n',
    source,
  );
  expect([report.unmapped_columns, report.unmapped]).toEqual([2, ['颜色', 'ab test']]);
  expect(await home.rows(sql`SELECT props FROM events WHERE source = ${source.source} ORDER BY line`)).toEqual([
    { props: { 颜色: '红', 'ab test': 'x' } },
    { props: { 'ab test': 'y' } },
  ]);
});

describe('the identity of a row', () => {
  const row = (id: string, behavior = 'pv') => ({ event_id: id, event_time: '2026-06-01', behavior, id_user: 'u' });

  test('an event_id counts once a source, in one file and across files; the first row stands', async () => {
    const source = fresh();
    expect(counts(await home.bring('events.csv', csv([row('a'), row('b'), row('a', 'cart')]), source))).toEqual([
      3, 2, 1, 0,
    ]);
    expect(counts(await home.bring('events-2.csv', csv([row('b', 'cart'), row('c')]), source))).toEqual([2, 1, 1, 0]);
    expect(counts(await home.bring('events.csv', csv([row('a'), row('c')]), fresh()))).toEqual([2, 2, 0, 0]);
    expect(
      await home.rows(sql`SELECT event_id, behavior FROM events WHERE source = ${source.source} ORDER BY event_id`),
    ).toEqual(['a', 'b', 'c'].map((event_id) => ({ event_id, behavior: 'item_view' })));
  });

  test('two equal lines without one are two events, and the same file again is all duplicates', async () => {
    const text = `${header}\n${event(1)}\n${event(1)}\n`;
    const source = fresh();
    expect(counts(await home.bring('events.csv', text, source))).toEqual([2, 2, 0, 0]);
    expect(counts(await home.bring('other-name.csv', text, source))).toEqual([2, 0, 2, 0]);
    expect(counts(await home.bring('events.csv.gz', gzipSync(text), source))).toEqual([2, 0, 2, 0]);
    expect(counts(await home.bring('events.csv', text, fresh()))).toEqual([2, 2, 0, 0]);
  });

  const order = (more: Cells = {}) => ({
    order_id: '1',
    line_id: '1',
    order_time: '2026-06-01',
    amount: '10',
    status: 'paid',
    refund_amount: '',
    id_user: 'u',
    ...more,
  });
  test('an order line is replaced by a later file; an identical one is a duplicate', async () => {
    const source = fresh();
    const stands = () =>
      home.rows(
        sql`SELECT status, amount, ifNull(refund_amount, 0) AS back FROM order_lines WHERE source = ${source.source} ORDER BY line_id`,
      );
    await home.bring('orders.csv', csv([order(), order({ line_id: '2' })]), source);
    expect(
      counts(
        await home.bring(
          'orders-2.csv',
          csv([order({ status: 'refunded', refund_amount: '10' }), order({ line_id: '2' })]),
          source,
        ),
      ),
    ).toEqual([2, 1, 1, 0]);
    expect(await stands()).toEqual([
      { status: expect.any(String), amount: 1000, back: 1000 },
      { status: 'paid', amount: 1000, back: 0 },
    ]);
    expect(
      counts(await home.bring('orders-3.csv', csv([order({ amount: '1' }), order({ amount: '2' })]), source)),
    ).toEqual([2, 2, 0, 0]);
    expect((await stands())[0]).toMatchObject({ amount: 200, back: 0 });
  });

  test('lines without a number are told apart by their place among those of their item', async () => {
    const source = fresh();
    const line = (item_id: string, amount: string) => order({ line_id: '', item_id, amount });
    await home.bring('orders.csv', csv([line('a', '1'), line('a', '2'), line('b', '3')]), source);
    expect(counts(await home.bring('orders-2.csv', csv([line('b', '4'), line('a', '1')]), source))).toEqual([
      2, 1, 1, 0,
    ]);
    expect(
      await home.rows(
        sql`SELECT item_id, amount FROM order_lines WHERE source = ${source.source} ORDER BY item_id, amount`,
      ),
    ).toEqual([
      { item_id: 'a', amount: 100 },
      { item_id: 'a', amount: 200 },
      { item_id: 'b', amount: 400 },
    ]);
  });
});

test('read is always accepted and duplicate and rejected, and the facts are as many as were accepted', async () => {
  const cell = fc.constantFrom(
    '',
    'pv',
    '2026-06-01',
    '2026-06-01 10:00',
    'x"y',
    '"a,b"',
    '"open',
    '7',
    '2099-01-01',
    ' ',
    '红',
    "'",
  );
  const line = fc.array(cell, { minLength: 1, maxLength: 6 }).map((cells) => cells.join(','));
  const good = fc.constantFrom(
    'e1,2026-06-01,pv,1',
    'e2,2026-06-01,cart,2',
    ',2026-06-02,pv,3',
    'e3,2026-06-03,pv,"4"',
  );
  const end = fc.constantFrom('\n', '\r\n');
  let file = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(line, good), { maxLength: 12 }), end, fc.boolean(), async (lines, eol, last) => {
      const source = fresh();
      const text = ['event_id,event_time,behavior,id_user', ...lines].join(eol) + (last ? eol : '');
      const report = await home.bring(`events-${file++}.csv`, text, source);
      expect(report.read).toBe(report.accepted + report.duplicate + report.rejected);
      const [stored] = await home.rows<{ rows: number }>(
        sql`SELECT count() AS rows FROM events WHERE source = ${source.source}`,
      );
      expect([stored?.rows, (await home.rejects({ import: report.import })).length]).toEqual([
        report.accepted,
        report.rejected,
      ]);
      expect(report.read).toBeLessThanOrEqual(lines.length);
    }),
    { numRuns: 8, seed: 1 },
  );
});
