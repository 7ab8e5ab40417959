import { z } from 'zod';
import {
  ruleChange,
  ruleDiffQuery,
  rulePreview,
  rulePreviewRequest,
  ruleSetBody,
  ruleSetEntry,
} from '../../api/rules.ts';
import { changesBetween } from '../../app/ruleChange.ts';
import { adoptRules, ruleSetEntries, ruleSetOf, saveRules } from '../../app/rules.ts';
import { rulesKey } from '../../model/rules/ruleSet.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { askerOf } from './questions.ts';

/** `name`, the latest version, or `name@version`. */
const keyed = z.object({ key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}(@\d{1,6})?$/) });

const contextOf = ({ product }: Services) => product.installation.context;

export const ruleRoutes: readonly Route[] = [
  route({
    id: 'rules.list',
    method: 'get',
    path: '/api/rules',
    permission: 'ask',
    summary: { zh: '规则集及其版本', en: 'Rule sets and their versions' },
    answer: z.array(ruleSetEntry),
    handle: ({ services }) => ruleSetEntries(contextOf(services)),
  }),
  route({
    id: 'rules.diff',
    method: 'get',
    path: '/api/rules/diff',
    permission: 'ask',
    summary: { zh: '两个规则集的差异', en: 'What two rule sets say differently' },
    query: ruleDiffQuery,
    answer: z.array(ruleChange),
    handle: async ({ services, query: { from, to } }) =>
      changesBetween(await ruleSetOf(contextOf(services), from), await ruleSetOf(contextOf(services), to)),
  }),
  route({
    id: 'rules.get',
    method: 'get',
    path: '/api/rules/{key}',
    permission: 'ask',
    summary: { zh: '一个规则集', en: 'One rule set' },
    params: keyed,
    answer: ruleSetBody,
    handle: ({ services, params: { key } }) => ruleSetOf(contextOf(services), key),
  }),
  route({
    id: 'rules.save',
    method: 'post',
    path: '/api/rules',
    permission: 'operate',
    summary: { zh: '保存为规则集的新版本', en: 'Save as the next version of a rule set' },
    body: ruleSetBody,
    answer: ruleSetEntry,
    status: 201,
    handle: ({ services, actor, body }) => saveRules(contextOf(services), body, actor?.name ?? ''),
  }),
  route({
    id: 'rules.preview',
    method: 'post',
    path: '/api/rules/preview',
    permission: 'ask',
    summary: { zh: '采用之前看会改变什么', en: 'What would change if a rule set were adopted' },
    body: rulePreviewRequest,
    answer: rulePreview,
    handle: (call) => call.services.answers.preview(call.body, askerOf(call)),
  }),
  route({
    id: 'rules.adopt',
    method: 'post',
    path: '/api/rules/adopt',
    permission: 'operate',
    summary: { zh: '采用一个规则集', en: 'Adopt a rule set' },
    body: keyed,
    answer: z.object({ adopted: z.string() }),
    handle: async ({ services, actor, body: { key } }) => ({
      adopted: rulesKey(await adoptRules(contextOf(services), key, actor?.name ?? '')),
    }),
  }),
];
