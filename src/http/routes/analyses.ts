import { z } from 'zod';
import { writeAudit } from '../../accounts/audit.ts';
import {
  answer,
  dataState,
  explained,
  exportFormats,
  params,
  people,
  peopleQuestion,
  shelfEntry,
  shelfPage,
} from '../../api/analyses.ts';
import { shelfEntry as entryUnder, shelfPage as pageOfShelf, shelf } from '../../app/answers/shelf.ts';
import { typedParams } from '../../app/answers/typed.ts';
import { analysisOf } from '../../app/asking.ts';
import { exportTypes, fileOf } from '../../app/export/file.ts';
import { attachment, consumersFile, etagOf, isKnown, jsonText, unchanged } from '../files.ts';
import { HttpError } from '../problem.ts';
import { type Call, type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { askerOf, lightOnly, questionRoutes } from './questions.ts';

/** Whether there is such an analysis is told by name. */
const byId = z.object({ id: z.string().max(64) });
const wording = z.enum(['zh', 'en', 'ids']).optional().describe('language of titles and values; ids for programs');

/** Beside these, every parameter of the analysis by its name. */
const linkQuery = z.object({ format: z.enum(exportFormats).default('json'), lang: wording }).catchall(z.string());
const peopleLink = z
  .object({ lang: wording, row: z.string().max(10_000).describe('column values of the row, as JSON') })
  .catchall(z.string());

const contextOf = ({ product }: Services) => product.installation.context;

export const analysisRoutes: readonly Route[] = [
  route({
    id: 'data.state',
    method: 'get',
    path: '/api/data',
    permission: 'ask',
    summary: { zh: '数据的新鲜度与范围', en: 'How fresh the data are and how far they reach' },
    answer: dataState,
    handle: ({ services }) => services.answers.dataState(),
  }),
  route({
    id: 'analyses.list',
    method: 'get',
    path: '/api/analyses',
    permission: 'ask',
    summary: { zh: '全部分析', en: 'The shelf of analyses' },
    answer: z.array(shelfEntry),
    handle: ({ services }) => shelf(contextOf(services)),
  }),
  route({
    id: 'analyses.get',
    method: 'get',
    path: '/api/analyses/{id}',
    permission: 'ask',
    summary: { zh: '一项分析及其口径', en: 'One analysis and its definition' },
    params: byId,
    answer: shelfPage,
    handle: async ({ services, params: { id } }) => {
      const { lastDay } = await services.answers.dataState();
      return pageOfShelf(contextOf(services), id, lastDay);
    },
  }),
  route({
    id: 'analyses.run',
    method: 'post',
    path: '/api/analyses/{id}',
    permission: 'ask',
    summary: { zh: '运行一项分析', en: 'Run an analysis' },
    params: byId,
    body: params,
    answer,
    handle: (call) => answered(call, call.params.id, call.body),
  }),
  route({
    id: 'analyses.answer',
    method: 'get',
    path: '/api/analyses/{id}/answer',
    permission: 'ask',
    summary: { zh: '以链接运行或导出一项分析', en: 'Run or export an analysis by a link' },
    params: byId,
    query: linkQuery,
    answer,
    produces: [exportTypes.jsonl, exportTypes.csv, exportTypes.xlsx],
    handle: async (call) => {
      const {
        services,
        request,
        locale,
        params: { id },
      } = call;
      const { format, lang, ...given } = call.query;
      const asked = typedParams(analysisOf(id), given);
      if (format === 'json') return answered(call, id, asked);
      const form = [format, lang ?? locale] as const;
      const question = await services.answers.question(id, asked, askerOf(call));
      const etag = etagOf(question.tag, ...form);
      if (isKnown(request, etag)) return unchanged(etag);
      const told = await question.told();
      const body = answer.parse(JSON.parse(told.text));
      const entry = await entryUnder(contextOf(services), id, body.rules);
      return attachment(await fileOf(entry, body, ...form), etagOf(told.tag, ...form));
    },
  }),
  route({
    id: 'analyses.people',
    method: 'post',
    path: '/api/analyses/{id}/people',
    permission: 'ask',
    summary: { zh: '一个数字背后的消费者', en: 'The people behind a number' },
    params: byId,
    body: peopleQuestion,
    answer: people,
    handle: (call) => {
      const { params: asked, row, limit, after } = call.body;
      const page = { limit: call.actor?.permissions.has('people') ? limit : 0, after };
      return call.services.answers.people(call.params.id, asked, row, page, askerOf(call));
    },
  }),
  route({
    id: 'analyses.peopleFile',
    method: 'get',
    path: '/api/analyses/{id}/people',
    permission: 'people',
    summary: { zh: '导出一个数字背后的消费者', en: 'Export the people behind a number' },
    params: byId,
    query: peopleLink,
    produces: [exportTypes.csv],
    handle: async (call) => {
      const {
        services,
        actor,
        locale,
        params: { id },
      } = call;
      const { lang, row, ...given } = call.query;
      const asked = { id, params: typedParams(analysisOf(id), given), row: rowIn(row) };
      const { consumers } = await services.answers.everybody(asked.id, asked.params, asked.row, askerOf(call));
      await writeAudit(contextOf(services).registry, actor?.name ?? '', 'people.export', {
        analysis: id,
        count: consumers.length,
      });
      return consumersFile(`${id}-consumers`, [consumers], lang ?? locale);
    },
  }),
  route({
    id: 'analyses.explain',
    method: 'post',
    path: '/api/analyses/{id}/explain',
    permission: 'ask',
    summary: { zh: '一项分析如何计算', en: 'How an analysis is computed' },
    params: byId,
    body: z.strictObject({ params: params.default({}) }),
    answer: explained,
    handle: ({ services, params: { id }, body }) => services.product.explain(id, body.params),
  }),
  ...questionRoutes,
];

/** The answer as JSON, or that the caller has it already: then the engine is not asked. */
async function answered(call: Call, id: string, asked: Record<string, unknown>): Promise<Response> {
  const { services, request } = call;
  const question = await services.answers.question(id, asked, askerOf(call));
  const etag = etagOf(question.tag);
  if (!isKnown(request, etag) && !question.isKnown) await lightOnly(call, id, asked);
  return isKnown(request, etag) ? unchanged(etag) : jsonText(await question.told());
}

function rowIn(text: string): Record<string, unknown> {
  try {
    const row = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
    if (row.success) return row.data;
  } catch {
    // Note: what is no JSON is refused as what is no object.
  }
  throw new HttpError(400, 'row', 'row: give the column values of the row as a JSON object.');
}
