import type { Asked } from '../../mcp/asked.ts';
import { answerMcp } from '../../mcp/http.ts';
import { HttpError } from '../problem.ts';
import { type Call, type Route, route } from '../route.ts';
import { askerOf } from './questions.ts';

const path = '/mcp';

/** MCP over HTTP, with the permissions of the caller; there is no stream to open and no session to end. */
export const mcpRoutes: readonly Route[] = [
  route({
    id: 'mcp.call',
    method: 'post',
    path,
    permission: 'ask',
    summary: { zh: 'MCP（Streamable HTTP）', en: 'MCP (Streamable HTTP)' },
    produces: ['application/json'],
    handle: (call) => answerMcp(call.request, askedOf(call), call.services.log),
  }),
  ...(['get', 'delete'] as const).map((method) =>
    route({
      id: `mcp.${method}`,
      method,
      path,
      permission: 'ask',
      summary: { zh: '不提供：每个请求独立', en: 'Not offered: every request stands by itself' },
      handle: () =>
        Promise.reject(
          new HttpError(405, 'method', 'Send MCP messages by POST: no session is kept.', { allow: 'POST' }),
        ),
    }),
  ),
];

function askedOf(call: Call): Asked {
  const {
    services: { answers, product },
    actor,
  } = call;
  const asker = askerOf(call);
  return {
    analyses: product.analyses,
    mayListPeople: actor?.permissions.has('people') ?? false,
    run: (id, params) => answers.answer(id, params, asker),
    explain: (id, params) => product.explain(id, params),
    people: (id, params, row, page) => answers.people(id, params, row, page, asker),
    extent: () => answers.dataState(),
  };
}
