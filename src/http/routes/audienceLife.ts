import { z } from 'zod';
import {
  audienceChange,
  audienceComparison,
  audienceComparisonQuestion,
  audienceDay,
  audienceDecay,
  audienceDecayQuestion,
  audienceFromPeople,
  audienceHistoryQuestion,
  audienceMovePage,
  audienceMovesQuestion,
  audienceShown,
  audienceTemplate,
  audienceVersion,
  ruleExplained,
  ruleQuestion,
} from '../../api/audiences.ts';
import { numbered } from '../../api/common.ts';
import { audienceDecay as decayOf } from '../../app/audiences/decay.ts';
import { explainRule } from '../../app/audiences/explain.ts';
import { audienceHistory, audienceMoves } from '../../app/audiences/history.ts';
import { compareAudiences } from '../../app/audiences/versions.ts';
import { type Call, type Route, route } from '../route.ts';
import { askerOf } from './questions.ts';
import { callerOf } from './session.ts';

type Home = Parameters<typeof explainRule>[0];

/** Asks in turn with other questions; the same question by several is answered once. */
function asked<T>(call: Call, what: string, words: unknown, work: (context: Home) => Promise<T>): Promise<T> {
  return call.services.answers.audiences(what, words, work, askerOf(call));
}

/** Rules looked into, and what becomes of audiences: versions, members day by day. */
export const audienceLifeRoutes: readonly Route[] = [
  route({
    id: 'audiences.templates',
    method: 'get',
    path: '/api/audiences/templates',
    permission: 'ask',
    summary: { zh: '人群规则模板', en: 'Rules to begin with' },
    answer: z.array(audienceTemplate),
    handle: async ({ services }) => services.product.audienceTemplates(),
  }),
  route({
    id: 'audiences.explain',
    method: 'post',
    path: '/api/audiences/explain',
    permission: 'ask',
    summary: { zh: '逐条查看规则：每个条件的人数与剩余人数', en: 'A rule condition by condition, with counts' },
    body: ruleQuestion,
    answer: ruleExplained,
    handle: (call) => asked(call, 'explain', call.body, (context) => explainRule(context, call.body)),
  }),
  route({
    id: 'audiences.compare',
    method: 'post',
    path: '/api/audiences/compare',
    permission: 'ask',
    summary: { zh: '比较两个人群', en: 'How far two audiences are the same' },
    body: audienceComparisonQuestion,
    answer: audienceComparison,
    handle: (call) => asked(call, 'compare', call.body, (context) => compareAudiences(context, call.body)),
  }),
  route({
    id: 'audiences.fromPeople',
    method: 'post',
    path: '/api/audiences/from-people',
    permission: 'people',
    summary: { zh: '将数字背后的消费者保存为人群', en: 'Save the people behind a number as an audience' },
    body: audienceFromPeople,
    answer: audienceShown,
    status: 201,
    handle: (call) => call.services.product.createFromPeople(call.body, callerOf(call).name),
  }),
  route({
    id: 'audiences.change',
    method: 'put',
    path: '/api/audiences/{id}',
    permission: 'people',
    summary: { zh: '修改人群', en: 'Change an audience' },
    params: numbered,
    body: audienceChange,
    answer: audienceShown,
    handle: (call) => call.services.product.changeAudience(call.params.id, call.body, callerOf(call).name),
  }),
  route({
    id: 'audiences.versions',
    method: 'get',
    path: '/api/audiences/{id}/versions',
    permission: 'ask',
    summary: { zh: '人群的全部版本', en: 'Every version of an audience' },
    params: numbered,
    answer: z.array(audienceVersion),
    handle: ({ services, params: { id } }) => services.product.audienceVersions(id),
  }),
  route({
    id: 'audiences.history',
    method: 'get',
    path: '/api/audiences/{id}/history',
    permission: 'ask',
    summary: { zh: '人群逐日人数、进入与离开', en: 'Members day by day, who came and who went' },
    params: numbered,
    query: audienceHistoryQuestion,
    answer: z.array(audienceDay),
    handle: (call) =>
      asked(call, 'history', [call.params.id, call.query], (context) =>
        audienceHistory(context, call.params.id, call.query),
      ),
  }),
  route({
    id: 'audiences.decay',
    method: 'get',
    path: '/api/audiences/{id}/decay',
    permission: 'ask',
    summary: {
      zh: '人群的衰减：若干天前的成员如今还有多少在、其间多少人购买',
      en: 'How many members of some days before are members still, and how many bought since',
    },
    params: numbered,
    query: audienceDecayQuestion,
    answer: audienceDecay,
    handle: (call) =>
      asked(call, 'decay', [call.params.id, call.query], (context) => decayOf(context, call.params.id, call.query)),
  }),
  route({
    id: 'audiences.moves',
    method: 'post',
    path: '/api/audiences/{id}/moves',
    permission: 'people',
    summary: { zh: '某天进入或离开人群的消费者及原因', en: 'Who came or went on a day, and why' },
    params: numbered,
    body: audienceMovesQuestion,
    answer: audienceMovePage,
    handle: (call) =>
      asked(call, 'moves', [call.params.id, call.body], (context) => audienceMoves(context, call.params.id, call.body)),
  }),
];
