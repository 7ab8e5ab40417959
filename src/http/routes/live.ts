import { z } from 'zod';
import { done } from '../../api/common.ts';
import { liveSource, liveState, newSource, sourceChange, sourceMade } from '../../api/live.ts';
import { type Route, route } from '../route.ts';
import { callerOf } from './session.ts';

const named = z.object({ name: z.string() });

/** Sources of live events, and the collector as it stands. */
export const liveRoutes: readonly Route[] = [
  route({
    id: 'sources.list',
    method: 'get',
    path: '/api/sources',
    permission: 'ask',
    summary: { zh: '实时数据源及其计数', en: 'Sources of live events and their counts' },
    answer: z.array(liveSource),
    handle: ({ services }) => services.live.sources(),
  }),
  route({
    id: 'sources.add',
    method: 'post',
    path: '/api/sources',
    permission: 'operate',
    summary: { zh: '新增数据源，写入密钥只显示一次', en: 'Add a source; its write key is told once' },
    body: newSource,
    answer: sourceMade,
    status: 201,
    handle: (call) => call.services.live.add(call.body.name, callerOf(call).name),
  }),
  route({
    id: 'sources.change',
    method: 'patch',
    path: '/api/sources/{name}',
    permission: 'operate',
    summary: { zh: '停用、启用或限速', en: 'Disable, enable, or limit a source' },
    params: named,
    body: sourceChange,
    answer: done,
    handle: async (call) => void (await call.services.live.change(call.params.name, call.body, callerOf(call).name)),
  }),
  route({
    id: 'sources.renew',
    method: 'post',
    path: '/api/sources/{name}/key',
    permission: 'operate',
    summary: { zh: '更换写入密钥，旧密钥立即失效', en: 'A new write key; the one before opens nothing' },
    params: named,
    answer: sourceMade,
    handle: (call) => call.services.live.renew(call.params.name, callerOf(call).name),
  }),
  route({
    id: 'live.state',
    method: 'get',
    path: '/api/live',
    permission: 'people',
    summary: { zh: '采集状态与最近事件', en: 'The collector as it stands, and its latest events' },
    answer: liveState,
    handle: ({ services }) => services.live.state(),
  }),
];
