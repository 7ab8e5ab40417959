import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { expect, test } from 'vitest';
import { fakeProduct } from '../calling.fixture.ts';
import type { Io } from '../io.ts';
import { main } from '../main.ts';

/** The program with a pipe to each side, over a product that writes down what it is asked. */
function piped(asked: unknown[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const io: Io = {
    stdin: input,
    stdout: { write: (text) => void output.write(text), isTTY: false },
    stderr: { write: () => {}, isTTY: false },
    env: { QIANCHENG_HOME: '/nowhere' },
    now: () => new Date(0),
    signal: new AbortController().signal,
    openProduct: () => Promise.resolve(fakeProduct(asked)),
    startServer: () => Promise.reject(new Error('no server is started here')),
  };
  return { io, input, output };
}

test('`mcp` answers over standard input and output, and ends when its input does', async () => {
  const asked: unknown[] = [];
  const { io, input, output } = piped(asked);
  const exit = main(['mcp'], io);
  const client = new Client({ name: 'test', version: '1' });
  // Note: over a pipe both sides write lines of JSON, so the server's transport serves a client as well.
  await client.connect(new StdioServerTransport(output, input));
  const said = await client.callTool({ name: 'aipl_stock', arguments: { on: '2025-11-11' } });
  expect(said.structuredContent).toMatchObject({ analysis: 'aipl-stock', rows: expect.any(Array) });
  const people = { analysis: 'aipl-stock', params: { on: '2025-11-11' }, row: { stage: 'A' }, limit: 1 };
  const behind = await client.callTool({ name: 'people_behind', arguments: people });
  expect(behind.structuredContent).toEqual({ count: 2, consumers: [4], next: 4 });
  input.end();
  expect(await exit).toBe(0);
  expect(asked.map((words) => (words as unknown[])[0])).toEqual(['run', 'people', 'close']);
});

test('`mcp` with nobody at the other end says how it is meant', async () => {
  const { io } = piped([]);
  const { stdin: _, ...alone } = io;
  expect(await main(['mcp'], alone)).toBe(2);
});
