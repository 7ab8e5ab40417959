import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { Asked } from './asked.ts';
import { mcpServer } from './mcp.ts';

/** Answers one MCP request over HTTP. Every request stands by itself: no session is kept. */
export async function answerMcp(request: Request, asked: Asked, log: (line: string) => void): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = mcpServer(asked, log);
  await server.connect(transport);
  try {
    return await transport.handleRequest(request);
  } finally {
    await server.close();
  }
}
