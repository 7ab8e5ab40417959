import { describe, expect, test } from 'vitest';
import { rowsOf } from './rows.ts';

const said = 'Code: 395. DB::Exception: too late: 千. (FUNCTION_THROW_IF) (version 26.7.2.1 (official build))';
const block = `\r\n__exception__\r\nabcdefgh\r\n${said}\n98 abcdefgh\r\n__exception__\r\n`;
const rows = '{"n":1,"t":"千\\r\\n"}\n{"n":2,"t":"b"}\n';
const parsed = [
  { n: 1, t: '千\r\n' },
  { n: 2, t: 'b' },
];

async function* pieces(text: string, at: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  yield bytes.subarray(0, at);
  yield bytes.subarray(at);
}

/** Everything that was read of it, and how it ended. */
async function read(from: AsyncIterable<Uint8Array>): Promise<{ rows: unknown[]; error?: unknown }> {
  const all: unknown[] = [];
  try {
    for await (const some of rowsOf(from)) all.push(...some);
    return { rows: all };
  } catch (error) {
    return { rows: all, error };
  }
}

const cuts = (text: string) => Array.from({ length: Buffer.byteLength(text) + 1 }, (_, at) => at);

describe('rows that come in two pieces, cut at every place', () => {
  test('are the rows', async () => {
    for (const at of cuts(rows)) expect(await read(pieces(rows, at))).toEqual({ rows: parsed });
  });

  test('fail with what the server says, after the rows before it', async () => {
    for (const at of cuts(rows + block))
      expect(await read(pieces(rows + block, at))).toMatchObject({
        rows: parsed,
        error: { code: '395', message: expect.stringContaining('too late: 千') },
      });
  });

  test('fail with it also when the server drops the connection then', async () => {
    async function* dropped() {
      yield Buffer.from(rows + block);
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
    expect(await read(dropped())).toMatchObject({ rows: parsed, error: { code: '395' } });
  });

  test.each([
    ['a connection dropped', 'ECONNRESET', '{"n":1}\n{"n"'],
    ['a connection dropped between rows', 'ECONNRESET', '{"n":1}\n'],
  ])('%s is told as itself', async (_, code, text) => {
    async function* dropped() {
      yield Buffer.from(text);
      throw Object.assign(new Error('aborted'), { code });
    }
    expect(await read(dropped())).toMatchObject({ rows: [{ n: 1 }], error: { code } });
  });

  test.each([['{"n":1}\n{"n"'], [`{"n":1}\n\r\n__exception__\r\nabcd`]])('%j broke off', async (text) => {
    expect(await read(pieces(text, 3))).toMatchObject({
      rows: [{ n: 1 }],
      error: { message: 'The answer broke off within a row.' },
    });
  });
});
