import { z } from 'zod';
import { type Route, route } from '../route.ts';

const health = z.object({
  status: z.enum(['ok', 'unavailable']),
  /** What is lacking: `warehouse` or `registry` does not answer, or the server is `stopping`. */
  missing: z.array(z.enum(['stopping', 'warehouse', 'registry'])).optional(),
});

const told = (body: z.input<typeof health>, status = 200): Response =>
  Response.json(health.parse(body), {
    status,
    headers: { 'cache-control': 'no-store', ...(status === 503 ? { 'retry-after': '5' } : {}) },
  });

/** What those who run the server ask of it: whether it lives, whether it takes requests, and its figures. */
export const operationRoutes: readonly Route[] = [
  route({
    id: 'health.live',
    method: 'get',
    path: '/health/live',
    permission: 'public',
    summary: { zh: '进程是否存活', en: 'Whether the process lives' },
    answer: health,
    handle: async () => told({ status: 'ok' }),
  }),
  route({
    id: 'health.ready',
    method: 'get',
    path: '/health/ready',
    permission: 'public',
    summary: {
      zh: '能否接收请求；不能时为 503 并说明缺什么',
      en: 'Whether it takes requests; 503 says what is lacking',
    },
    answer: health,
    handle: async ({ services }) => {
      const missing = [...(await services.operations.missing())];
      return missing.length === 0 ? told({ status: 'ok' }) : told({ status: 'unavailable', missing }, 503);
    },
  }),
  route({
    id: 'metrics.read',
    method: 'get',
    path: '/metrics',
    permission: 'watch',
    summary: { zh: '运行指标（Prometheus 文本）', en: 'Figures of the server, in the text of Prometheus' },
    produces: ['text/plain'],
    handle: async ({ services }) =>
      new Response(await services.operations.metrics(), {
        headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
      }),
  }),
];
