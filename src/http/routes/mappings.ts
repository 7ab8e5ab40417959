import { z } from 'zod';
import { done, pageOf } from '../../api/common.ts';
import { contractEntity, mappingBody, mappingName, presetEntry, savedMapping } from '../../api/data.ts';
import { contractEntities, knownPresets } from '../../app/contractEntities.ts';
import { listMappings, mappingNamed, removeMapping, saveMapping } from '../../app/mappings.ts';
import { note } from '../dataCall.ts';
import { type Call, type Route, route } from '../route.ts';

/** What files are known, and how others are described. */
export const mappingRoutes: readonly Route[] = [
  route({
    id: 'presets.list',
    method: 'get',
    path: '/api/presets',
    permission: 'ask',
    summary: { zh: '能自动识别的平台文件', en: 'Platform files that are recognised' },
    answer: z.array(presetEntry),
    handle: async () => knownPresets(),
  }),
  route({
    id: 'entities.list',
    method: 'get',
    path: '/api/entities',
    permission: 'ask',
    summary: { zh: '映射可填的列，按实体', en: 'Columns a mapping may fill, by entity' },
    answer: z.array(contractEntity),
    handle: async () => contractEntities(),
  }),
  route({
    id: 'mappings.list',
    method: 'get',
    path: '/api/mappings',
    permission: 'ask',
    summary: { zh: '已保存的映射', en: 'Saved mappings' },
    answer: pageOf(savedMapping),
    handle: async (call) => ({ items: await listMappings(registryOf(call)) }),
  }),
  route({
    id: 'mappings.show',
    method: 'get',
    path: '/api/mappings/{name}',
    permission: 'ask',
    summary: { zh: '一个已保存的映射', en: 'One saved mapping' },
    params: mappingName,
    answer: savedMapping,
    handle: (call) => mappingNamed(registryOf(call), call.params.name),
  }),
  route({
    id: 'mappings.save',
    method: 'put',
    path: '/api/mappings/{name}',
    permission: 'operate',
    summary: { zh: '保存映射', en: 'Save a mapping' },
    params: mappingName,
    body: mappingBody,
    answer: savedMapping,
    handle: async (call) => {
      const { actor, params, body, services } = call;
      const given = { name: params.name, mapping: body, by: actor?.name ?? '', now: services.now().toISOString() };
      const saved = await saveMapping(registryOf(call), given);
      await note(call, 'mapping.save', { name: saved.name });
      return saved;
    },
  }),
  route({
    id: 'mappings.remove',
    method: 'delete',
    path: '/api/mappings/{name}',
    permission: 'operate',
    summary: { zh: '删除映射', en: 'Remove a mapping' },
    params: mappingName,
    answer: done,
    handle: async (call) => {
      await removeMapping(registryOf(call), call.params.name);
      await note(call, 'mapping.remove', { name: call.params.name });
    },
  }),
];

const registryOf = ({ services }: Call) => services.product.installation.context.registry;
