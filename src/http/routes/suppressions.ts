import { z } from 'zod';
import { done, numbered } from '../../api/common.ts';
import { newSuppression, suppression } from '../../api/suppressions.ts';
import { type Route, route } from '../route.ts';
import { callerOf } from './session.ts';

/** Identifiers whose rows are refused at the door. */
export const suppressionRoutes: readonly Route[] = [
  route({
    id: 'suppressions.list',
    method: 'get',
    path: '/api/suppressions',
    permission: 'people',
    summary: { zh: '拒收名单', en: 'Identifiers whose rows are refused' },
    answer: z.array(suppression),
    handle: ({ services }) => services.product.suppressions(),
  }),
  route({
    id: 'suppressions.add',
    method: 'post',
    path: '/api/suppressions',
    permission: 'operate',
    summary: { zh: '不再接收某个标识的数据', en: 'Refuse the rows of an identifier' },
    body: newSuppression,
    answer: suppression,
    status: 201,
    handle: (call) => call.services.product.suppress(call.body.identifier, callerOf(call).name),
  }),
  route({
    id: 'suppressions.remove',
    method: 'delete',
    path: '/api/suppressions/{id}',
    permission: 'operate',
    summary: { zh: '恢复接收', en: 'Take its rows again' },
    params: numbered,
    answer: done,
    handle: async (call) => void (await call.services.product.unsuppress(call.params.id, callerOf(call).name)),
  }),
];
