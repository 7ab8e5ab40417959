import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, type CallToolResult, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { productVersion } from '../app/version.ts';
import { QianchengError } from '../base/errors.ts';
import { faultText } from '../base/faultText.ts';
import type { Asked } from './asked.ts';
import { toolsOf } from './tools.ts';

const instructions =
  'Questions on the consumers of a brand: AIPL, FAST, GROW, RFM and others. Call list_analyses first: it says which days the data cover. Every tool only reads. Rates are 0..1, days YYYY-MM-DD in the business zone.';

/** An MCP server over a home, for one connection; `log` takes a line of what failed inside. */
export function mcpServer(asked: Asked, log: (line: string) => void): Server {
  const tools = toolsOf(asked);
  const server = new Server(
    { name: 'qiancheng', version: productVersion },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(({ tool }) => tool) }));
  server.setRequestHandler(
    CallToolRequestSchema,
    async ({ params: { name, arguments: given = {} } }): Promise<CallToolResult> => {
      const found = tools.find(({ tool }) => tool.name === name);
      if (!found)
        return failed(
          `unknown_tool: there is no tool ${name}. There are ${tools.map(({ tool }) => tool.name).join(', ')}.`,
        );
      try {
        const { data, text } = await found.use(given);
        return { structuredContent: data, content: [{ type: 'text', text }] };
      } catch (error) {
        if (error instanceof QianchengError) return failed(`${error.code}: ${error.message}`);
        log(`error mcp ${name} ${faultText(error)}`);
        return failed('internal: something failed inside the product; its log says what.');
      }
    },
  );
  return server;
}

function failed(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}
