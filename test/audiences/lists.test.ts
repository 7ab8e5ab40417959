/** Uploaded lists of identifiers: as they are, or hashed; who is found, and what is kept. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { zipOf } from '../../src/sources/read/reading.fixture.ts';
import { sql } from '../../src/warehouse/sql.ts';
import { freshHome } from '../product.ts';
import { bring, usersOf } from './asking.ts';

const on = '2026-06-30';
const home = freshHome();
const phones = ['13800138000', '13800138001', '13800138002'];
const people = phones.map((id_phone, i) => ({ id_user: `u${i}`, id_phone, gender: 'f' }));
const factsOf = (consumers: readonly Record<string, string>[]) => ({
  ...{ events: [], orders: [], items: [], members: [], reviews: [] },
  consumers: [...consumers],
});

const hashed = (form: 'md5' | 'sha256', value: string) => createHash(form).update(value).digest('hex');

function fileOf(name: string, ...lines: readonly string[]): string {
  const path = join(home.files, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const usersIn = async (name: string): Promise<string> =>
  (await usersOf(home, [{ rule: { list: name }, on }])).map((users) => users.join(' ')).join();

beforeAll(async () => void (await bring(home, factsOf(people))), 60_000);

describe('a list', () => {
  test.each([
    [
      'of identifiers, however they are written, without those that name nobody',
      ['plain', 'phone', undefined, 'phone', '+86 138-0013-8000', '13800138001', '13800138001', '13900000000', '0', ''],
      { given: 5, usable: 3, matched: 2, consumers: 2 },
      'u0 u1',
    ],
    [
      'of a named column',
      ['named', 'phone', 'mobile', 'name,mobile', 'Li,13800138002', '13800138000,'],
      { given: 1, usable: 1, matched: 1 },
      'u2',
    ],
    ['without a header', ['bare', 'phone', undefined, '13800138001', '13800138002'], { given: 2, matched: 2 }, 'u1 u2'],
    ['of a plain type', ['users', 'user', undefined, 'user', 'u2', ' u9 '], { usable: 2, matched: 1 }, 'u2'],
  ] as const)('%s', async (_, [name, id, column, ...lines], counts, users) => {
    const product = await home.product();
    const made = await product.uploadList(fileOf(`${name}.csv`, ...lines), { name, id, column });
    expect(made).toMatchObject({ name, id_type: id, form: 'plain', ...counts });
    expect(await usersIn(name)).toBe(users);
  });

  test('of a sheet of a workbook', async () => {
    const path = join(home.files, 'vip.xlsx');
    const rows = [
      `<c t="inlineStr"><is><t>mobile</t></is></c>`,
      '<c><v>13800138001</v></c>',
      '<c><v>13800138002</v></c>',
    ];
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const document = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const sheets = `<sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets>`;
    const relation = '<Relationship Id="r0" Type="t" Target="worksheets/sheet0.xml"/>';
    const cells = rows.map((cell) => `<row>${cell}</row>`).join('');
    const workbook = zipOf({
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${document}">${sheets}</workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships>${relation}</Relationships>`,
      'xl/worksheets/sheet0.xml': `<worksheet xmlns="${main}"><sheetData>${cells}</sheetData></worksheet>`,
    });
    writeFileSync(path, workbook);
    const given = { name: 'sheet', id: 'phone', column: 'mobile' };
    expect(await (await home.product()).uploadList(path, given)).toMatchObject({ given: 2, matched: 2 });
    expect(await usersIn('sheet')).toBe('u1 u2');
  });

  test.each([['md5'], ['sha256']] as const)('of %s hashes, in either case, finds whose they are', async (form) => {
    const product = await home.product();
    const lines = [
      hashed(form, '13800138000'),
      hashed(form, '13800138002').toUpperCase(),
      hashed(form, '1'),
      'no hash',
    ];
    const made = await product.uploadList(fileOf(`${form}.csv`, 'hash', ...lines), { name: form, id: 'phone', form });
    expect(made).toMatchObject({ given: 4, usable: 3, matched: 2, consumers: 2 });
    expect(await usersIn(form)).toBe('u0 u2');
  });

  test('finds those too who come in later', async () => {
    await bring(home, factsOf([{ id_user: 'late', id_phone: '13900000000' }]));
    expect(await usersIn('plain')).toBe('late u0 u1');
    expect((await (await home.product()).idLists()).find(({ name }) => name === 'plain')).toMatchObject({ matched: 3 });
  });

  test('leaves no value and no hash behind', async () => {
    const { context } = (await home.product()).installation;
    expect(await context.warehouse.rows(sql`SELECT * FROM list_hashes`)).toEqual([]);
    const columns = await context.warehouse.rows<{ type: string }>(
      sql`SELECT type FROM system.columns WHERE table = 'list_idents' AND database = currentDatabase()`,
    );
    expect(columns.map(({ type }) => type)).toEqual(['UInt32', 'UInt64']);
  });

  test.each([
    ['a name that is taken', { name: 'plain', id: 'phone' }, 'list_name'],
    ['a type that means a person in one source only', { name: 'new', id: 'nickname' }, 'list_type'],
    ['hashes of a type that has none', { name: 'new', id: 'user', form: 'md5' as const }, 'list_form'],
    ['a column that is not there', { name: 'new', id: 'phone', column: 'fax' }, 'list_column'],
  ])('is refused with %s, and nothing of it stays', async (_, given, code) => {
    const product = await home.product();
    const before = await product.idLists();
    await expect(product.uploadList(fileOf('bad.csv', 'phone', '13800138000'), given)).rejects.toMatchObject({ code });
    expect(await product.idLists()).toEqual(before);
  });

  test.each([
    ['an empty file', [], 'list_empty', '文件是空的。'],
    ['a header alone', ['phone'], 'list_empty', '没有值'],
    [
      'names in the first column',
      ['name,phone', 'Li,13800138000', 'Wu,13800138001'],
      'list_unusable',
      '列 name 的 2 个值',
    ],
  ])('of %s is refused, and says why', async (_, lines, code, zh) => {
    const product = await home.product();
    const before = await product.idLists();
    const upload = product.uploadList(fileOf('useless.csv', ...lines), { name: 'useless', id: 'phone' });
    await expect(upload).rejects.toMatchObject({ code, text: { zh: expect.stringContaining(zh) } });
    expect(await product.idLists()).toEqual(before);
  });

  test('counts a line of too many fields as one that is of no use', async () => {
    const file = fileOf('ragged.csv', 'phone', '13800138000', '13800138001,extra', '13800138002');
    const made = await (await home.product()).uploadList(file, { name: 'ragged', id: 'phone' });
    expect(made).toMatchObject({ given: 3, usable: 2, matched: 2 });
  });

  test('goes when no audience stands on it', async () => {
    const product = await home.product();
    await product.createAudience({ name: 'listed', rule: { any: [{ list: 'md5' }] }, on });
    await expect(product.removeList('md5')).rejects.toMatchObject({ code: 'list_used' });
    await product.removeAudience('listed');
    await product.removeList('md5');
    await expect(product.countAudience({ rule: { list: 'md5' }, on })).rejects.toMatchObject({ code: 'list' });
  });
});
