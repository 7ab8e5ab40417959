import { describe, expect, test } from 'vitest';
import { asUtf8, detectEncoding, type Encoding } from './encoding.ts';
import { read } from './reading.fixture.ts';

/** 订单,数\n上海,1\n in GBK. */
const gbk = Buffer.from('b6a9b5a52ccafd0ac9cfbaa32c310a', 'hex');
const text = '订单,数\n上海,1\n';

async function inPieces(bytes: Uint8Array, size: number, encoding: Encoding): Promise<string> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
  }
  const parts: Uint8Array[] = [];
  for await (const part of asUtf8(pieces(), encoding)) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts).toString('utf8');
}

describe('encodings', () => {
  const utf8 = Buffer.from(text);
  const rows: [string, Uint8Array, Encoding][] = [
    ['UTF-8', utf8, 'utf-8'],
    ['UTF-8 whose sample cuts a character after one byte', utf8.subarray(0, 1), 'utf-8'],
    ['UTF-8 whose sample cuts a character after two bytes', utf8.subarray(0, 5), 'utf-8'],
    ['GBK', gbk, 'gb18030'],
    ['GBK whose sample cuts a character', gbk.subarray(0, 3), 'gb18030'],
    ['ASCII', Buffer.from('a,b'), 'utf-8'],
    ['nothing', Buffer.alloc(0), 'utf-8'],
    ["Excel's Unicode text", Buffer.from('\ufeffa\tb', 'utf16le'), 'utf-16le'],
  ];
  test.each(rows)('%s is recognised', (_, bytes, encoding) => {
    expect(detectEncoding(bytes)).toBe(encoding);
  });

  const pieces: [string, Uint8Array, Encoding][] = [
    ['utf-8', utf8, 'utf-8'],
    ['gb18030', gbk, 'gb18030'],
    ['utf-16le', Buffer.from(text, 'utf16le'), 'utf-16le'],
  ];
  test.each(pieces)('a %s character cut between pieces comes out whole', async (_, bytes, encoding) => {
    for (const size of [1, 2, 3, 5]) expect(await inPieces(bytes, size, encoding)).toBe(text);
  });

  test('GBK after an ASCII beginning is read as GBK', async () => {
    const late = Buffer.concat([Buffer.from('id,city\n'), gbk.subarray(8)]);
    for (const size of [8, 100]) expect(await inPieces(late, size, 'utf-8')).toBe('id,city\n上海,1\n');
  });

  test('a byte that is no UTF-8 among UTF-8 becomes a replacement character', async () => {
    const bytes = Buffer.concat([...Array(10).fill(utf8), Uint8Array.of(0xff, 0x0a)]);
    expect(detectEncoding(bytes)).toBe('utf-8');
    for (const size of [1, 1000]) expect(await inPieces(bytes, size, 'utf-8')).toBe(`${text.repeat(10)}\ufffd\n`);
  });

  test('a GBK file with Chinese headers is read', async () => {
    const { source, records } = await read('订单.csv', gbk);
    expect([source.encoding, source.columns, records]).toEqual(['gb18030', ['订单', '数'], [['上海', '1']]]);
  });

  test("Excel's Unicode text is read", async () => {
    const { source, records } = await read('a.txt', Buffer.from('\ufeff订单\t数\r\n上海\t1\r\n', 'utf16le'));
    expect([source.encoding, source.columns, records]).toEqual(['utf-16le', ['订单', '数'], [['上海', '1']]]);
  });

  test('an encoding that is told is not looked for', async () => {
    const { source } = await read('a.csv', Buffer.from('a,b\n1,2\n'), { encoding: 'gb18030' });
    expect(source.encoding).toBe('gb18030');
  });
});
