import { z } from 'zod';
import type { Actor } from '../../accounts/actor.ts';
import { writeAudit } from '../../accounts/audit.ts';
import { newSavedPeople, savedPeople } from '../../api/analyses.ts';
import { done, numbered, pageOf, pageQuery } from '../../api/common.ts';
import { consumer, consumerSearch } from '../../api/consumers.ts';
import { exportTypes } from '../../app/export/file.ts';
import { deleteSavedPeople, listSavedPeople, membersOf, savedPeopleOf, savePeople } from '../../app/savedPeople.ts';
import { consumersFile } from '../files.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { askerOf } from './questions.ts';

const contextOf = ({ product }: Services) => product.installation.context;
const nameOf = (actor: Actor | undefined) => actor?.name ?? '';

const memberQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100_000).default(1000),
  after: z.coerce.number().int().min(0).default(0).describe('consumers after this one'),
  format: z.enum(['json', 'csv']).default('json'),
  lang: z.enum(['zh', 'en', 'ids']).optional(),
});

export const consumerRoutes: readonly Route[] = [
  route({
    id: 'consumers.search',
    method: 'post',
    path: '/api/consumers/search',
    permission: 'people',
    summary: { zh: '按标识查找一位消费者', en: 'Find a consumer by an identifier' },
    body: consumerSearch,
    answer: consumer,
    handle: ({ services, actor, body }) => lookedUp(services, actor, body.identifier),
  }),
  route({
    id: 'consumers.get',
    method: 'get',
    path: '/api/consumers/{id}',
    permission: 'people',
    summary: { zh: '一位消费者', en: 'One consumer' },
    params: z.object({ id: z.coerce.number().int().min(1).max(999_999_999) }),
    answer: consumer,
    handle: ({ services, actor, params: { id } }) => lookedUp(services, actor, `#${id}`),
  }),
  route({
    id: 'people.list',
    method: 'get',
    path: '/api/people',
    permission: 'ask',
    summary: { zh: '已保存的人群', en: 'Saved people' },
    query: pageQuery,
    answer: pageOf(savedPeople),
    handle: ({ services, query }) => listSavedPeople(contextOf(services), query),
  }),
  route({
    id: 'people.save',
    method: 'post',
    path: '/api/people',
    permission: 'people',
    summary: { zh: '保存一个数字背后的消费者', en: 'Save the people behind a number' },
    body: newSavedPeople,
    answer: savedPeople,
    status: 201,
    handle: async (call) => {
      const { services, actor } = call;
      const { name, analysis, params, row } = call.body;
      const people = await services.answers.everybody(analysis, params, row, askerOf(call));
      return savePeople(contextOf(services), nameOf(actor), { name, analysis, people });
    },
  }),
  route({
    id: 'people.get',
    method: 'get',
    path: '/api/people/{id}',
    permission: 'ask',
    summary: { zh: '一个已保存的人群', en: 'One set of saved people' },
    params: numbered,
    answer: savedPeople,
    handle: ({ services, params: { id } }) => savedPeopleOf(contextOf(services), id),
  }),
  route({
    id: 'people.delete',
    method: 'delete',
    path: '/api/people/{id}',
    permission: 'people',
    summary: { zh: '删除一个已保存的人群', en: 'Delete saved people' },
    params: numbered,
    answer: done,
    handle: ({ services, actor, params: { id } }) => deleteSavedPeople(contextOf(services), nameOf(actor), id),
  }),
  route({
    id: 'people.consumers',
    method: 'get',
    path: '/api/people/{id}/consumers',
    permission: 'people',
    summary: { zh: '已保存人群的消费者', en: 'The consumers of saved people' },
    params: numbered,
    query: memberQuery,
    answer: z.object({ count: z.int(), consumers: z.array(z.int()), next: z.int().optional() }),
    produces: [exportTypes.csv],
    handle: async ({ services, actor, params: { id }, query: { limit, after, format, lang }, locale }) => {
      const members = await membersOf(contextOf(services), id);
      if (format === 'json') return pageAfter(members, limit, after);
      const { registry } = contextOf(services);
      await writeAudit(registry, nameOf(actor), 'people.export', { id, count: members.length });
      return consumersFile(`people-${id}`, [members], lang ?? locale);
    },
  }),
];

/** One consumer; who looked at whom is noted. */
async function lookedUp(services: Services, actor: Actor | undefined, asked: string) {
  const found = await services.product.consumer(asked);
  await writeAudit(contextOf(services).registry, nameOf(actor), 'consumer.view', { consumer: found.consumer });
  return found;
}

/** At most `limit` of numbers in order, those after `after`. */
function pageAfter(members: Uint32Array, limit: number, after: number) {
  const from = members.findIndex((each) => each > after);
  const consumers = from < 0 ? [] : [...members.subarray(from, from + limit)];
  const last = consumers.at(-1);
  const isMore = from >= 0 && from + limit < members.length && last !== undefined;
  return { count: members.length, consumers, ...(isMore ? { next: last } : {}) };
}
