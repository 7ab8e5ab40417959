import { z } from 'zod';
import { cityTierTable, crowdTaxonomy, crowdTaxonomyEntry, newCrowdTaxonomy } from '../../api/crowds.ts';
import { type Route, route } from '../route.ts';
import { callerOf } from './session.ts';

/** `name`, the latest version, or `name@version`. */
const keyed = z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{0,40}(@\d{1,6})?$/) });

/** Taxonomies of crowds, and the tiers of cities that their rules look at. */
export const crowdRoutes: readonly Route[] = [
  route({
    id: 'crowds.list',
    method: 'get',
    path: '/api/crowds',
    permission: 'ask',
    summary: { zh: '人群分类', en: 'Taxonomies of crowds' },
    answer: z.array(crowdTaxonomyEntry),
    handle: ({ services }) => services.product.crowds(),
  }),
  route({
    id: 'crowds.get',
    method: 'get',
    path: '/api/crowds/{key}',
    permission: 'ask',
    summary: { zh: '一个人群分类及其规则', en: 'One taxonomy with its rules' },
    params: keyed,
    answer: crowdTaxonomy,
    handle: ({ services, params: { key } }) => services.product.crowdTaxonomy(key),
  }),
  route({
    id: 'crowds.put',
    method: 'post',
    path: '/api/crowds',
    permission: 'operate',
    summary: { zh: '保存为人群分类的新版本', en: 'Save as the next version of a taxonomy' },
    body: newCrowdTaxonomy,
    answer: crowdTaxonomy,
    status: 201,
    handle: (call) => call.services.product.putCrowds(call.body, callerOf(call).name),
  }),
  route({
    id: 'cityTiers.get',
    method: 'get',
    path: '/api/city-tiers',
    permission: 'ask',
    summary: { zh: '城市线级表', en: 'The table of city tiers' },
    answer: cityTierTable,
    handle: ({ services }) => services.product.cityTiers(),
  }),
  route({
    id: 'cityTiers.put',
    method: 'put',
    path: '/api/city-tiers',
    permission: 'operate',
    summary: {
      zh: '替换城市线级表，空表即恢复内置',
      en: 'Replace the table of city tiers; an empty one brings the built-in back',
    },
    body: cityTierTable,
    answer: cityTierTable,
    handle: (call) => call.services.product.putCityTiers(call.body, callerOf(call).name),
  }),
];
