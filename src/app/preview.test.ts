import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshHome, type Product } from '../../test/product.ts';
import { zipOf } from '../sources/read/reading.fixture.ts';
import { sql } from '../warehouse/sql.ts';
import { type PreviewRequest, previewFile } from './preview.ts';

const home = freshHome();
const taobao = fileURLToPath(new URL('../../../shared/data/taobao-userbehavior', import.meta.url));
let product: Product;
let written = 0;

beforeAll(async () => {
  product = await home.product();
});

/** What a file of these contents is taken for. */
function preview(name: string, content: string | Uint8Array, asked: Partial<PreviewRequest> = {}) {
  const folder = join(home.files, String(written++));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return previewFile(product.installation.context, { path: join(folder, name), name }, { rows: 20, ...asked });
}

const events = [
  'event_time,behavior,id_user,id_phone,amount,page',
  '2026-07-01 10:00:00,pv,u1,+86 138-0013-8000,12.5,home',
  'never,cart,u2,,,',
  '2026-07-02T02:00:00Z,fav,u3,,,',
].join('\n');

test('the first rows become what an import would make of them, in the zone and words of the contract', async () => {
  const seen = await preview('events.csv', `${events}\n`);
  expect(seen).toMatchObject({
    file: 'events.csv',
    format: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    preset: 'canonical',
    entity: 'events',
    unmapped: ['page'],
    accepted: 2,
    rejected: 1,
  });
  // Of the contract's columns only those that the file has: the others would be columns of nothing.
  const mapped = Object.keys(seen.mapping?.columns ?? {});
  expect(mapped.toSorted()).toEqual(['amount', 'behavior', 'event_time', 'id_phone', 'id_user']);
  const [first, second, third] = seen.rows;
  const phone = first?.turned?.id_phone;
  expect(first).toEqual({
    line: 2,
    raw: ['2026-07-01 10:00:00', 'pv', 'u1', '+86 138-0013-8000', '12.5', 'home'],
    turned: {
      event_time: '2026-07-01 10:00:00',
      behavior: 'item_view',
      id_user: 'u1',
      id_phone: phone,
      amount: '12.50',
    },
    reject: null,
  });
  expect(second).toMatchObject({ line: 3, turned: null, reject: { column: 'event_time', reason: 'time' } });
  expect(third?.turned).toEqual({ event_time: '2026-07-02 10:00:00', behavior: 'favorite', id_user: 'u3' });
});

test('of a phone only its keyed hash is shown, as a consumer shows it, and nothing of the preview is kept', async () => {
  const before = await tables();
  const seen = await preview('events.csv', `${events}\n`);
  expect(seen.rows[0]?.turned?.id_phone).toMatch(/^[0-9a-f]{32}$/);
  expect(await tables()).toEqual(before);
  await home.import(join(home.files, String(written - 1), 'events.csv'));
  const { identifiers } = await product.consumer('user:u1');
  expect(identifiers.find(({ type }) => type === 'phone')?.value).toBe(seen.rows[0]?.turned?.id_phone);
});

async function tables() {
  const { warehouse, registry } = product.installation.context;
  const made = await warehouse.rows(
    sql`SELECT name, total_rows FROM system.tables WHERE database = currentDatabase() ORDER BY name`,
  );
  return [made, await registry.rows('select count(*) as files from import_file')];
}

const xlsx = zipOf({
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r0" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${['item_id,title', 'i1,口红']
    .map((line, r) => {
      const cells = line
        .split(',')
        .map((text, c) => `<c r="${'AB'[c]}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`);
      return `<row r="${r + 1}">${cells.join('')}</row>`;
    })
    .join('')}</sheetData></worksheet>`,
});
const parquet = Buffer.from(
  parquetWriteBuffer({
    columnData: [
      { name: 'item_id', data: ['i1'] },
      { name: 'title', data: ['口红'] },
    ],
  }),
);
const json = '{"item_id":"i1","title":"口红"}\n';
// item_id,title / i1,口红 in GBK.
const gbk = Buffer.concat([Buffer.from('item_id,title\ni1,'), Buffer.from('bfdabaec', 'hex'), Buffer.from('\n')]);

describe('every form that an import takes is shown:', () => {
  test.each([
    ['items.csv', gbk, 'csv', 'gb18030'],
    ['items.csv.gz', gzipSync('item_id,title\ni1,口红\n'), 'csv', 'utf-8'],
    ['items.tsv', 'item_id\ttitle\ni1\t口红\n', 'csv', 'utf-8'],
    ['items.jsonl', json, 'jsonl', 'utf-8'],
    ['items.parquet', parquet, 'parquet', 'binary'],
    ['items.xlsx', xlsx, 'xlsx', 'binary'],
    ['items.picture', json, 'jsonl', 'utf-8'],
  ])('%s (%#)', async (name, content, format, encoding) => {
    const seen = await preview(name, content);
    expect(seen).toMatchObject({ format, encoding, entity: 'items', columns: ['item_id', 'title'], accepted: 1 });
    expect(seen.rows).toEqual([
      { line: format === 'jsonl' ? 1 : 2, raw: ['i1', '口红'], turned: { item_id: 'i1', title: '口红' }, reject: null },
    ]);
  });
});

test('lines that are no rows stand in their place, and only so many lines are shown as were asked for', async () => {
  const text = `item_id,title\n${Array.from({ length: 50 }, (_, i) => (i % 5 === 3 ? `i${i},a,b` : `i${i},"t"`)).join('\n')}\n`;
  const seen = await preview('items.csv', text, { rows: 6 });
  expect(seen.rows.map(({ line, reject }) => [line, reject?.reason ?? ''])).toEqual([
    [2, ''],
    [3, ''],
    [4, ''],
    [5, 'fields'],
    [6, ''],
    [7, ''],
  ]);
  expect(seen).toMatchObject({ accepted: 5, rejected: 1 });
});

test('records of JSON Lines with other keys are shown under all the columns met', async () => {
  const seen = await preview('items.jsonl', '{"item_id":"i1"}\n{"item_id":"i2","shade":"red"}\nnot json\n');
  expect(seen.columns).toEqual(['item_id', 'shade']);
  expect(seen.unmapped).toEqual(['shade']);
  expect(seen.rows.map(({ line, reject }) => [line, reject?.reason ?? null])).toEqual([
    [1, null],
    [2, null],
    [3, 'json'],
  ]);
});

test('a file that nothing knows is shown as it is', async () => {
  const seen = await preview('x.csv', 'a,b\n1,2\n');
  expect(seen).toMatchObject({
    preset: null,
    entity: null,
    mapping: null,
    nearest: null,
    accepted: 0,
    rejected: 1,
    unmapped: ['a', 'b'],
  });
  expect(seen.rows).toEqual([{ line: 2, raw: ['1', '2'], turned: null, reject: null }]);
});

test.each([
  ['orders.csv', 'order_id,id_user,pay_time,amount', { entity: 'orders', missing: ['order_time'] }],
  ['x.csv', 'event_time,behavior,item_id', { entity: 'events', missing: ['id_…'] }],
])('%s with %s is told what it is most like', async (name, header, nearest) => {
  expect(await preview(name, `${header}\n`)).toMatchObject({ entity: null, nearest });
});

test('an empty file has no rows', async () => {
  expect(await preview('x.csv', '')).toMatchObject({ columns: [], rows: [], entity: null });
});

test('a mapping says what the rows become', async () => {
  const mapping = { entity: 'items', columns: { item_id: 'a', price: 'b', title: { constant: '口红' } } };
  const seen = await preview('x.csv', 'a,b\n1,2\n2,x\n', { mapping });
  expect(seen).toMatchObject({ preset: 'mapping', entity: 'items', mapping });
  expect(seen.rows.map(({ turned, reject }) => turned ?? reject)).toEqual([
    { item_id: '1', title: '口红', price: '2.00' },
    { column: 'price', reason: 'number' },
  ]);
});

test.each([
  [
    'a column the entity does not have',
    { entity: 'items', columns: { item_id: 'a', colour: 'b' } },
    'mapping',
    'columns.colour',
  ],
  ['an entity that is none', { entity: 'shoes', columns: {} }, 'mapping', 'entity'],
  ['a rule that is none', { entity: 'items', columns: { item_id: { colum: 'a' } } }, 'mapping', 'columns.item_id'],
  ['a required column the file lacks', { entity: 'items', columns: { item_id: 'z' } }, 'missing_columns', 'item_id'],
])('a mapping with %s is refused with its place', async (_, mapping, code, place) => {
  await expect(preview('x.csv', 'a,b\n1,2\n', { mapping })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(place),
  });
});

test('a prototype in a mapping does no harm', async () => {
  const own = JSON.parse('{"entity":"items","columns":{"item_id":"a","__proto__":{"empty":"b"}}}');
  expect((await preview('x.csv', 'a,b\n1,2\n', { mapping: own })).rows[0]?.turned).toEqual({ item_id: '1' });
  const above = JSON.parse('{"entity":"items","columns":{"item_id":"a"},"__proto__":{"headless":true}}');
  await expect(preview('x.csv', 'a,b\n1,2\n', { mapping: above })).rejects.toMatchObject({ code: 'mapping' });
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a preset that does not fit is refused', async () => {
  await expect(preview('x.csv', 'a,b\n1,2\n', { preset: 'tmall-orders' })).rejects.toMatchObject({
    code: 'preset_headers',
  });
});

test('a workbook that says it unpacks to a gigabyte is refused before it is unpacked', async () => {
  const bomb = Buffer.from(xlsx);
  const directory = bomb.indexOf('PK\x01\x02', bomb.lastIndexOf('xl/worksheets/sheet1.xml') - 60);
  bomb.writeUInt16LE(8, directory + 10);
  bomb.writeUInt32LE(1 << 30, directory + 24);
  await expect(preview('items.xlsx', bomb)).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('1024 MB'),
  });
});

test.skipIf(!existsSync(taobao))(
  'the Taobao sample is recognised from its head (skipped without shared data)',
  async () => {
    const { readdirSync } = await import('node:fs');
    const name = readdirSync(taobao).find((each) => /\.csv/.test(each)) ?? '';
    const seen = await previewFile(product.installation.context, { path: join(taobao, name), name }, { rows: 20 });
    expect(seen).toMatchObject({ preset: 'taobao-userbehavior', entity: 'events', accepted: 20, rejected: 0 });
  },
);
