import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Asked } from './asked.ts';
import { mcpServer } from './mcp.ts';

/** Where an MCP client at the other end of a pipe speaks and listens. */
export interface Pipe {
  readonly input: Readable;
  readonly output: Writable;
  log(line: string): void;
}

/** Serves MCP over a pipe until its end. */
export async function serveMcp(asked: Asked, { input, output, log }: Pipe): Promise<void> {
  const server = mcpServer(asked, log);
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) input.once(event, () => resolve());
  });
  await server.connect(new StdioServerTransport(input, output));
  await ended;
  await server.close();
}
