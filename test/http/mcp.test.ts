import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyses } from '../../src/analyses/index.ts';
import { answer } from '../../src/api/analyses.ts';
import { problem } from '../../src/api/common.ts';
import type { Role } from '../../src/api/permissions.ts';
import { toolName } from '../../src/mcp/tools.ts';
import { type HttpHome, httpHome } from './home.ts';

const home = httpHome();
let at: HttpHome;
let server: Server;
let url: URL;
const clients: Client[] = [];

beforeAll(async () => {
  at = await home.open();
  server = createAdaptorServer({ fetch: at.app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
});
afterAll(async () => {
  for (const each of clients) await each.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The SDK's own client over real HTTP, with the key of a role. */
async function client(role: Role): Promise<Client> {
  const made = new Client({ name: 'test', version: '1' });
  const headers = { authorization: `Bearer ${role}` };
  await made.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }) as never);
  clients.push(made);
  return made;
}

const call = async (by: Client, name: string, given: Record<string, unknown> = {}) =>
  (await by.callTool({ name, arguments: given })) as CallToolResult;
const textOf = ({ content }: CallToolResult) => content.map((each) => ('text' in each ? each.text : '')).join('\n');

const on = '2026-06-30';

describe('MCP over HTTP', () => {
  test('offers a tool for every analysis and three to find one’s way, all of them only reading', async () => {
    const { tools } = await (await client('viewer')).listTools();
    const own = ['list_analyses', 'explain_analysis', 'people_behind'];
    expect(tools.map(({ name }) => name)).toEqual([...own, ...analyses.map(({ id }) => toolName(id))]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    expect(tools.find(({ name }) => name === 'aipl_flow')?.inputSchema).toMatchObject({ required: ['from', 'to'] });
  });

  test('says which days there are to ask about', async () => {
    const said = await call(await client('viewer'), 'list_analyses');
    expect(said.structuredContent).toMatchObject({
      data: { firstDay: '2026-05-01', lastDay: '2026-06-29', consumers: 5 },
    });
    expect(textOf(said)).toContain('aipl_stock: AIPL stock | AIPL 人群存量.');
  });

  test('runs an analysis: data as the API gives them, and the same in short', async () => {
    const said = await call(await client('viewer'), 'aipl_stock', { on });
    expect(answer.parse(said.structuredContent).rows[0]).toEqual({ stage: 'A', consumers: 2 });
    expect(textOf(said)).toContain('stage\tconsumers\nA\t2\nI\t1\nP\t1\nL\t1');
  });

  test('explains an analysis, with its SQL where parameters are given', async () => {
    const by = await client('viewer');
    expect(textOf(await call(by, 'explain_analysis', { analysis: 'fast' }))).toContain('## Limits');
    const { structuredContent } = await call(by, 'explain_analysis', { analysis: 'aipl_stock', params: { on } });
    expect(structuredContent).toMatchObject({ id: 'aipl-stock', sql: expect.stringContaining('"2026-06-30"') });
  });

  test.each([
    ['viewer', 0],
    ['analyst', 2],
  ] as const)('counts people for a %s, and lists %i of them', async (role, listed) => {
    const asked = { analysis: 'aipl-stock', params: { on }, row: { stage: 'A' } };
    const { structuredContent } = await call(await client(role), 'people_behind', asked);
    expect(structuredContent).toMatchObject({ count: 2 });
    expect((structuredContent as { consumers: number[] }).consumers.length).toBe(listed);
  });

  test.each([
    ['aipl_stock', { on: 'today' }, 'params: aipl-stock: on:'],
    ['aipl_stock', { on, nothing: 1 }, 'nothing'],
    ['people_behind', { analysis: 'aipl-stock', params: { on }, row: {} }, 'row: aipl-stock'],
    ['explain_analysis', { analysis: 'nothing' }, 'analysis: There is no analysis nothing'],
    ['drop_tables', {}, 'unknown_tool'],
  ])('%s tells what is wrong with %j', async (name, given, says) => {
    const said = await call(await client('viewer'), name, given);
    expect(said.isError).toBe(true);
    expect(textOf(said)).toContain(says);
  });

  test('needs a key, and keeps no session open', async () => {
    const stranger = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect([stranger.status, problem.parse(await stranger.json()).code]).toEqual([401, 'not_logged_in']);
    const stream = await fetch(url, { headers: { authorization: 'Bearer viewer' } });
    expect([stream.status, stream.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
