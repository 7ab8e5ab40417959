import { z } from 'zod';
import type { Analysis } from '../analyses/analysis.ts';
import { answer } from '../api/analyses.ts';
import { problem } from '../api/common.ts';
import { paramsSchema, schemaOf } from '../app/answers/typed.ts';
import { productVersion } from '../app/version.ts';
import type { Locale } from '../base/text.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** What the document describes: every route, and every analysis by name. */
export interface Described {
  readonly routes: readonly Route[];
  readonly analyses: readonly Analysis[];
}

/** The API as OpenAPI 3.1, made of the same schemas that check what comes in. */
export function openApiOf({ routes, analyses }: Described, locale: Locale): Json {
  const paths: Record<string, Json> = {};
  const add = (path: string, method: string, operation: Json) => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  for (const each of routes) add(each.path, each.method, operationOf(each, locale));
  for (const each of analyses) add(`/api/analyses/${each.id}`, 'post', analysisOperation(each, locale));
  return {
    openapi: '3.1.0',
    info: { title: { zh: '千程 API', en: 'Qiancheng API' }[locale], version: productVersion },
    paths,
    components: {
      schemas: { Problem: shapeOf(problem, 'output') },
      responses: {
        Problem: {
          description: 'RFC 9457',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'qiancheng_session' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ session: [] }, { key: [] }],
  };
}

/** A schema as JSON Schema: what a caller gives, or what it gets. */
export function shapeOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return shape;
}

function operationOf(each: Route, locale: Locale): Json {
  return {
    operationId: each.id,
    tags: [each.id.split('.')[0]],
    summary: each.summary[locale],
    'x-permission': each.permission,
    ...(each.permission === 'public' ? { security: [] } : {}),
    parameters: [...parametersOf(each.params, 'path'), ...parametersOf(each.query, 'query')],
    ...bodyOf(each),
    responses: { [each.status ?? 200]: successOf(each), default: { $ref: '#/components/responses/Problem' } },
  };
}

function analysisOperation(analysis: Analysis, locale: Locale): Json {
  const { id, title, question, row } = analysis;
  const told = answer.extend({ analysis: z.literal(id), rows: z.array(row) });
  return {
    operationId: `analyses.run.${id}`,
    tags: ['analyses'],
    summary: title[locale],
    description: question[locale],
    'x-permission': 'ask',
    requestBody: { required: true, content: { 'application/json': { schema: paramsSchema(analysis) } } },
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: shapeOf(told, 'output') } } },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** One parameter of an address. */
export interface Parameter extends Json {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: Json;
}

/** Note: an address holds texts, so the form is that of what is read from them; what must be there is that of what is given. */
export function parametersOf(schema: z.ZodType | undefined, place: Parameter['in']): Parameter[] {
  if (!schema) return [];
  const { properties = {} } = schemaOf(shapeOf(schema, 'output'));
  const { required = [] } = schemaOf(shapeOf(schema, 'input'));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (required.includes(name) && schemaOf(property).default === undefined),
    schema: { ...schemaOf(property) },
  }));
}

function bodyOf(each: Route): Json {
  if (each.octets)
    return {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    };
  if (!each.body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: shapeOf(each.body, 'input') } } } };
}

function successOf({ answer: shape, produces = [] }: Route): Json {
  const binary = produces.map((type) => [type, { schema: { type: 'string' } }]);
  const json = shape ? [['application/json', { schema: shapeOf(shape, 'output') }]] : [];
  return {
    description: 'OK',
    ...(shape || produces.length > 0 ? { content: Object.fromEntries([...json, ...binary]) } : {}),
  };
}
