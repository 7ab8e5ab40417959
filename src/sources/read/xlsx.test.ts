import { describe, expect, test } from 'vitest';
import { read, zipOf } from './reading.fixture.ts';
import { columnOf, numberText, type Shown, serialText, shownBy } from './xlsx-cell.ts';

interface Sheet {
  readonly rows: string;
  readonly state?: string;
}

interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly strings?: string;
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook; cell style `i + 1` has the i-th number format. */
function workbook({ sheets, strings = '', formats = [], date1904 = false }: Workbook): Buffer {
  const names = sheets.map(
    ({ state = 'visible' }, i) => `<sheet name="S${i}" sheetId="${i + 1}" state="${state}" r:id="r${i}"/>`,
  );
  const targets = sheets.map((_, i) => `<Relationship Id="r${i}" Type="t" Target="worksheets/sheet${i}.xml"/>`);
  const codes = formats.map(
    (code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  );
  const styles = ['<xf numFmtId="0"/>', ...formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`)];
  return zipOf({
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${relations}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${names.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${targets.join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst ${main}>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet ${main}><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, i) => [
        `xl/worksheets/sheet${i}.xml`,
        `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  });
}

const text = (name: string, value: string) => `<c r="${name}" t="inlineStr"><is><t>${value}</t></is></c>`;

describe('workbooks', () => {
  test('cells of every type become text', async () => {
    const cells: [string, string][] = [
      ['<c t="s"><v>0</v></c>', '上海'],
      ['<c t="s"><v>1</v></c>', 'bold plain'],
      ['<c t="inlineStr"><is><t>a_x000D_b &amp; c</t></is></c>', 'a\rb & c'],
      ['<c t="str"><f>A1</f><v>sum</v></c>', 'sum'],
      ['<c><f>0.1+0.2</f><v>0.30000000000000004</v></c>', '0.3'],
      ['<c t="inlineStr"><is><t>1234567890123456789</t></is></c>', '1234567890123456789'],
      ['<c t="b"><v>1</v></c>', 'true'],
      ['<c t="b"><v>0</v></c>', 'false'],
      ['<c t="e"><v>#N/A</v></c>', '#N/A'],
      ['<c s="1"><v>43070</v></c>', '2017-12-01'],
      ['<c s="2"><v>43070.75</v></c>', '2017-12-01 18:00:00'],
      ['<c t="d"><v>2017-12-01T00:00:00</v></c>', '2017-12-01'],
      ['<c s="1"/>', ''],
    ];
    const strings =
      '<si><t>上海</t><rPh sb="0" eb="2"><t>shanghai</t></rPh></si><si><r><t>bold </t></r><r><t>plain</t></r></si>';
    const header = cells.map((_, i) => `<c t="inlineStr"><is><t>c${i}</t></is></c>`).join('');
    const rows = `<row>${header}</row><row>${cells.map(([cell]) => cell).join('')}</row>`;
    const { source, records } = await read(
      'orders.xlsx',
      workbook({ sheets: [{ rows }], strings, formats: ['yyyy\\-mm\\-dd', 'yyyy/m/d h:mm'] }),
    );
    expect(source.format).toBe('xlsx');
    expect(records).toEqual([cells.map(([, shown]) => shown)]);
  });

  test('the first visible sheet that holds anything is read', async () => {
    const sheet = (value: string) => ({ rows: `<row r="1">${text('A1', value)}</row>` });
    const sheets = [
      { ...sheet('hidden'), state: 'hidden' },
      { rows: '<row r="1"><c r="A1" s="0"/></row>' },
      sheet('seen'),
      sheet('later'),
    ];
    const { source, records } = await read('a.xlsx', workbook({ sheets }));
    expect([source.columns, records]).toEqual([['seen'], []]);
  });

  test('short rows are filled, blank ones left out, and lines are those of Excel', async () => {
    const rows = `
      <row r="2">${text('A2', 'a')}${text('C2', 'c')}</row>
      <row r="3">${text('A3', '1')}</row>
      <row r="4"></row>
      <row r="7">${text('C7', '3')}</row>
      <row r="8">${text('A8', '1')}${text('D8', 'too far')}</row>`;
    for (const batchBytes of [1, 1 << 20]) {
      const reading = await read('a.xlsx', workbook({ sheets: [{ rows }] }), { batchBytes });
      expect(reading.source.columns).toEqual(['a', 'column_2', 'c']);
      expect(reading.records).toEqual([
        ['1', '', ''],
        ['', '', '3'],
      ]);
      expect([reading.lines, reading.raws[0]]).toEqual([[3, 7], '{"a":"1","column_2":"","c":""}']);
      expect(reading.broken).toEqual(['8 fields {"a":"1","column_2":"","c":"","column_4":"too far"}']);
    }
  });

  test('a workbook of the 1904 system shows its own dates', async () => {
    const rows = `<row r="1">${text('A1', 'day')}</row><row r="2"><c r="A2" s="1"><v>41608</v></c></row>`;
    const { records } = await read(
      'a.xlsx',
      workbook({ sheets: [{ rows }], formats: ['yyyy"年"m"月"d"日"'], date1904: true }),
    );
    expect(records).toEqual([['2017-12-01']]);
  });

  test('an empty workbook has no columns and no records', async () => {
    const { source, records } = await read('a.xlsx', workbook({ sheets: [{ rows: '' }] }));
    expect([source.columns, records]).toEqual([[], []]);
  });

  test('a workbook cut in half, and a zip that is none, are refused by name', async () => {
    const whole = workbook({ sheets: [{ rows: `<row r="1">${text('A1', 'a')}</row>` }] });
    await expect(read('half.xlsx', whole.subarray(0, whole.length >> 1))).rejects.toMatchObject({ code: 'corrupt' });
    await expect(read('a.zip', zipOf({ 'a.csv': 'a,b' }))).rejects.toThrow(/a\.zip cannot be read/);
  });

  const formats: [number, string | undefined, Shown][] = [
    [0, undefined, 'number'],
    [14, undefined, 'date'],
    [21, undefined, 'time'],
    [22, undefined, 'datetime'],
    [31, undefined, 'date'],
    [44, undefined, 'number'],
    [57, undefined, 'date'],
    [170, 'General', 'number'],
    [171, '#,##0.00 "days"', 'number'],
    [172, '[Red]0.00', 'number'],
    [173, '[$-804]yyyy"年"m"月"d"日";@', 'date'],
    [174, 'yyyy-mm-dd hh:mm:ss.000', 'datetime'],
    [175, 'h"时"mm"分"', 'time'],
    [176, 'mmm-yy', 'date'],
    [177, '0.00E+00', 'number'],
    [178, '@', 'number'],
    [179, 'G/通用格式', 'number'],
  ];
  test.each(formats)('number format %i (%s) shows a %3$s', (id, code, shown) => {
    expect(shownBy(id, code)).toBe(shown);
  });

  const serials: [number, Shown, 1900 | 1904, string][] = [
    [1, 'date', 1900, '1900-01-01'],
    [59, 'date', 1900, '1900-02-28'],
    [61, 'date', 1900, '1900-03-01'],
    [25569, 'datetime', 1900, '1970-01-01 00:00:00'],
    [43070.999999999, 'datetime', 1900, '2017-12-02 00:00:00'],
    [43070.5, 'date', 1900, '2017-12-01 12:00:00'],
    [0.5, 'time', 1900, '12:00:00'],
    [0, 'date', 1904, '1904-01-01'],
  ];
  test.each(serials)('the serial %d as a %s since %i is %s', (serial, shown, system, day) => {
    expect(serialText(serial, shown, system)).toBe(day);
  });

  test('numbers keep the fifteen digits of Excel', () => {
    const rows: [string, string][] = [
      ['19.900000000000002', '19.9'],
      ['1E+3', '1000'],
      ['-0.5', '-0.5'],
      ['202402290000123', '202402290000123'],
    ];
    for (const [value, shown] of rows) expect(numberText(value)).toBe(shown);
  });

  test('cell names count columns by letters', () => {
    expect(['A1', 'Z9', 'AA10', 'XFD1048576'].map(columnOf)).toEqual([0, 25, 26, 16383]);
  });
});
