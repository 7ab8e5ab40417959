import { z } from 'zod';
import { done, numbered, pageOf, pageQuery } from '../../api/common.ts';
import { job } from '../../api/jobs.ts';
import {
  destination,
  destinationKind,
  destinationMade,
  newDestination,
  newPush,
  push,
  pushAsked,
  pushChange,
  pushFileQuery,
  pushLogFileQuery,
  pushLogQuery,
  pushLogRow,
  pushPreview,
  pushRun,
} from '../../api/pushes.ts';
import { exportTypes, streamed } from '../../app/export/file.ts';
import type { PushFile } from '../../app/pushing/pushing.ts';
import { attachment } from '../files.ts';
import { type Call, type Route, route } from '../route.ts';
import { callerOf } from './session.ts';

const byName = (call: Pick<Call, 'actor'>): string => callerOf(call).name;

const fileAnswer = ({ name, type, body }: PushFile): Response =>
  attachment({ name, type, body: Buffer.isBuffer(body) ? body : streamed(body) });

const destinationRoutes: readonly Route[] = [
  route({
    id: 'destinations.kinds',
    method: 'get',
    path: '/api/destinations/kinds',
    permission: 'ask',
    summary: { zh: '可用的推送渠道类型', en: 'Kinds of places that audiences may be sent to' },
    answer: z.array(destinationKind),
    handle: async ({ services }) => services.product.pushing.kinds(),
  }),
  route({
    id: 'destinations.list',
    method: 'get',
    path: '/api/destinations',
    permission: 'ask',
    summary: { zh: '推送渠道', en: 'Places that audiences are sent to' },
    answer: z.array(destination),
    handle: ({ services }) => services.product.pushing.destinations(),
  }),
  route({
    id: 'destinations.add',
    method: 'post',
    path: '/api/destinations',
    permission: 'operate',
    summary: {
      zh: '新增推送渠道；生成的密钥只告知这一次',
      en: 'Add a place to send to; a secret that is made for it is told this once',
    },
    body: newDestination,
    answer: destinationMade,
    status: 201,
    handle: (call) => call.services.product.pushing.addDestination(call.body, byName(call)),
  }),
  route({
    id: 'destinations.remove',
    method: 'delete',
    path: '/api/destinations/{id}',
    permission: 'operate',
    summary: { zh: '删除没有推送使用的渠道', en: 'Remove a place that no push goes to' },
    params: numbered,
    answer: done,
    handle: async (call) => void (await call.services.product.pushing.removeDestination(call.params.id, byName(call))),
  }),
];

const bookRoutes: readonly Route[] = [
  route({
    id: 'pushes.list',
    method: 'get',
    path: '/api/pushes',
    permission: 'ask',
    summary: { zh: '全部推送及其最近一次', en: 'Every push with its last run' },
    answer: z.array(push),
    handle: ({ services }) => services.product.pushing.list(),
  }),
  route({
    id: 'pushes.get',
    method: 'get',
    path: '/api/pushes/{id}',
    permission: 'ask',
    summary: { zh: '一个推送', en: 'One push' },
    params: numbered,
    answer: push,
    handle: ({ services, params: { id } }) => services.product.pushing.show(id),
  }),
  route({
    id: 'pushes.create',
    method: 'post',
    path: '/api/pushes',
    permission: 'operate',
    summary: { zh: '新建推送：人群、渠道、对照组与限制', en: 'Make a push: audience, destination, control and limits' },
    body: newPush,
    answer: push,
    status: 201,
    handle: (call) => call.services.product.pushing.create(call.body, byName(call)),
  }),
  route({
    id: 'pushes.change',
    method: 'patch',
    path: '/api/pushes/{id}',
    permission: 'operate',
    summary: { zh: '启用或停用自动推送', en: 'Switch what a push does by itself on or off' },
    params: numbered,
    body: pushChange,
    answer: push,
    handle: (call) => call.services.product.pushing.change(call.params.id, call.body.enabled, byName(call)),
  }),
  route({
    id: 'pushes.remove',
    method: 'delete',
    path: '/api/pushes/{id}',
    permission: 'operate',
    summary: { zh: '删除推送及其记录', en: 'Remove a push and its log' },
    params: numbered,
    answer: done,
    handle: async (call) => void (await call.services.product.pushing.remove(call.params.id, byName(call))),
  }),
];

const runRoutes: readonly Route[] = [
  route({
    id: 'pushes.preview',
    method: 'post',
    path: '/api/pushes/{id}/preview',
    permission: 'ask',
    summary: { zh: '现在推送会怎样（不发送）', en: 'What a run would do now, nothing being sent' },
    params: numbered,
    body: pushAsked,
    answer: pushPreview,
    handle: ({ services, params, body }) => services.product.pushing.preview(params.id, body.on),
  }),
  route({
    id: 'pushes.run',
    method: 'post',
    path: '/api/pushes/{id}/run',
    permission: 'operate',
    summary: { zh: '立即推送增减', en: 'Send the differences now' },
    params: numbered,
    body: pushAsked,
    answer: job,
    status: 202,
    handle: (call) => call.services.pushes.start(call.params.id, call.body.on, byName(call)),
  }),
  route({
    id: 'pushes.runs',
    method: 'get',
    path: '/api/pushes/{id}/runs',
    permission: 'ask',
    summary: { zh: '历次推送，最新在前', en: 'Runs of a push, newest first' },
    params: numbered,
    query: pageQuery,
    answer: pageOf(pushRun),
    handle: ({ services, params, query }) => services.product.pushing.runs(params.id, query),
  }),
  route({
    id: 'pushes.log',
    method: 'get',
    path: '/api/pushes/{id}/log',
    permission: 'people',
    summary: { zh: '逐条推送记录，最近一次在前', en: 'What became of each record, the latest run first' },
    params: numbered,
    query: pushLogQuery,
    answer: pageOf(pushLogRow),
    handle: ({ services, params, query }) => services.product.pushing.log(params.id, query),
  }),
  route({
    id: 'pushes.logFile',
    method: 'get',
    path: '/api/pushes/{id}/log.csv',
    permission: 'people',
    summary: { zh: '推送记录的 CSV', en: 'The log of a push as CSV' },
    params: numbered,
    query: pushLogFileQuery,
    produces: [exportTypes.csv],
    handle: async (call) =>
      fileAnswer(await call.services.product.pushing.logFile(call.params.id, call.query, byName(call))),
  }),
  route({
    id: 'pushes.file',
    method: 'get',
    path: '/api/pushes/{id}/file',
    permission: 'operate',
    summary: { zh: '供人工上传的文件：本次增减或全部', en: 'A file to upload by hand: the changes of a run, or all' },
    params: numbered,
    query: pushFileQuery,
    produces: [exportTypes.csv, exportTypes.xlsx],
    handle: async (call) =>
      fileAnswer(await call.services.product.pushing.file(call.params.id, call.query, byName(call))),
  }),
];

/** Where audiences are sent, what is sent there, and what came of it. */
export const pushRoutes: readonly Route[] = [...destinationRoutes, ...bookRoutes, ...runRoutes];
