import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { analyses } from '../analyses/index.ts';
import { appOf } from './app.ts';
import { openApiOf, parametersOf } from './openapi.ts';
import { routes } from './routes.ts';
import type { Services } from './services.ts';

const document = openApiOf({ routes, analyses }, 'en');
const stranger: Partial<Services> = {
  product: { analyses } as unknown as Services['product'],
  accounts: { identify: async () => undefined } as unknown as Services['accounts'],
};
const app = appOf({ ...stranger, log: () => {} } as Services);

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: Record<string, unknown>;
}

const operations: readonly Operation[] = Object.entries(
  document.paths as Record<string, Record<string, unknown>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method,
    operation: operation as Record<string, unknown>,
  })),
);

/** Every value below a value, itself first. */
function* within(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* within(each);
}

function at(pointer: string): unknown {
  return pointer
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((inside, key) => Reflect.get(Object(inside), key), document);
}

describe('the OpenAPI document', () => {
  test('has every route and, by its own name and shapes, every analysis', () => {
    const wanted = [
      ...routes.map(({ method, path }) => `${method} ${path}`),
      ...analyses.map(({ id }) => `post /api/analyses/${id}`),
    ];
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      [...new Set(wanted)].toSorted(),
    );
  });

  test('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('points to nothing that is not there', () => {
    const refs = [...within(document)].flatMap((value) => {
      const ref = Reflect.get(Object(value), '$ref') as unknown;
      return typeof ref === 'string' ? [ref] : [];
    });
    expect(refs.length).toBeGreaterThan(operations.length - 1);
    expect(refs.filter((ref) => at(ref) === undefined)).toEqual([]);
  });

  test.each(routes.map((each) => ({ ...each, name: `${each.method} ${each.path}` })))(
    '$name declares the parts of its address and no others',
    ({ path, params }) => {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      expect(
        parametersOf(params, 'path')
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(inPath.toSorted());
    },
  );

  test('says what an analysis takes and gives', () => {
    const fast = operations.find(({ operation }) => operation.operationId === 'analyses.run.fast')?.operation;
    expect(fast).toMatchObject({
      requestBody: {
        content: { 'application/json': { schema: { required: ['from', 'to'], additionalProperties: false } } },
      },
    });
    expect(JSON.stringify(fast?.responses)).toContain('"denominator"');
  });

  test('says who may call what, and that the public needs no key', () => {
    const open = operations.filter(({ operation }) => operation['x-permission'] === 'public');
    expect(open.every(({ operation }) => Array.isArray(operation.security) && operation.security.length === 0)).toBe(
      true,
    );
    expect(open.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/api/health', '/api/openapi.json', '/api/docs']),
    );
  });
});

test('anybody may ask whether the server is up, and gets nothing else', async () => {
  const response = await app.request('/api/health');
  expect(z.strictObject({ status: z.literal('ok'), version: z.string() }).parse(await response.json()).status).toBe(
    'ok',
  );
  expect((await app.request('/api/data')).status).toBe(401);
});

test('the document is served in the language asked for', async () => {
  for (const [lang, title] of [
    ['zh', '全部分析'],
    ['en', 'The shelf of analyses'],
  ] as const) {
    const response = await app.request(`/api/openapi.json?lang=${lang}`);
    const { paths } = (await response.json()) as { paths: Record<string, { get: { summary: string } }> };
    expect(paths['/api/analyses']?.get.summary).toBe(title);
  }
});

test('the page for readers has every address and runs no script', async () => {
  const response = await app.request('/api/docs?lang=zh');
  const html = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const { path } of operations) expect(html).toContain(`${path}</code>`);
  expect(html).not.toMatch(/<script|\son\w+=|javascript:/i);
});
