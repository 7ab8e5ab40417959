import { z } from 'zod';
import { productVersion } from '../../app/version.ts';
import { locales } from '../../base/text.ts';
import { docsPage } from '../docsPage.ts';
import { openApiOf } from '../openapi.ts';
import { type Route, route } from '../route.ts';

const inLanguage = z.object({ lang: z.enum(locales).optional() });

/** What the API says of itself; `all` gives every route, these among them. */
export function healthRoutes(all: () => readonly Route[]): readonly Route[] {
  return [
    route({
      id: 'health.get',
      method: 'get',
      path: '/api/health',
      permission: 'public',
      summary: { zh: '服务是否可用', en: 'Whether the server is up' },
      answer: z.object({ status: z.literal('ok'), version: z.string() }),
      handle: async () => ({ status: 'ok', version: productVersion }),
    }),
    route({
      id: 'openapi.get',
      method: 'get',
      path: '/api/openapi.json',
      permission: 'public',
      summary: { zh: 'OpenAPI 3.1 文档', en: 'The API as OpenAPI 3.1' },
      query: inLanguage,
      produces: ['application/json'],
      handle: async ({ services, query, locale }) =>
        openApiOf({ routes: all(), analyses: services.product.analyses }, query.lang ?? locale),
    }),
    route({
      id: 'docs.get',
      method: 'get',
      path: '/api/docs',
      permission: 'public',
      summary: { zh: 'API 说明页', en: 'The API for readers' },
      query: inLanguage,
      produces: ['text/html'],
      handle: async ({ services, query, locale }) =>
        new Response(docsPage({ routes: all(), analyses: services.product.analyses }, query.lang ?? locale), {
          headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
        }),
    }),
  ];
}
