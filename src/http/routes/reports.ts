import { z } from 'zod';
import { done, numbered, pageOf, pageQuery } from '../../api/common.ts';
import { job } from '../../api/jobs.ts';
import {
  fastReport,
  newSchedule,
  periodQuery,
  reportRun,
  schedule,
  scheduleChange,
  scheduleMade,
  workbookQuery,
} from '../../api/reports.ts';
import { exportTypes } from '../../app/export/file.ts';
import { type Call, type Route, route } from '../route.ts';

const nameOf = ({ actor }: Call): string => actor?.name ?? '';

/** A file to keep; `name` is of digits, letters and `-` only. */
function fileResponse(bytes: Buffer, name: string, type: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}

const fastRoutes: readonly Route[] = [
  route({
    id: 'reports.fast',
    method: 'get',
    path: '/api/reports/fast',
    permission: 'ask',
    summary: { zh: '一个周期的 FAST 报告', en: 'The FAST report of a period' },
    query: periodQuery,
    answer: fastReport,
    handle: ({ services, query }) => services.reports.fast(query),
  }),
  route({
    id: 'reports.fastWorkbook',
    method: 'get',
    path: '/api/reports/fast.xlsx',
    permission: 'ask',
    summary: { zh: 'FAST 报告的 XLSX 文件', en: 'The FAST report as XLSX' },
    query: workbookQuery,
    produces: [exportTypes.xlsx],
    handle: async ({ services, query: { from, to, lang }, locale }) =>
      fileResponse(
        await services.reports.xlsx({ from, to }, lang ?? locale),
        `fast-${from}-${to}.xlsx`,
        exportTypes.xlsx,
      ),
  }),
];

const scheduleRoutes: readonly Route[] = [
  route({
    id: 'schedules.list',
    method: 'get',
    path: '/api/reports/schedules',
    permission: 'ask',
    summary: { zh: '定时报告列表，最新在前', en: 'Scheduled reports, newest first' },
    query: pageQuery,
    answer: pageOf(schedule),
    handle: ({ services, query, actor }) =>
      services.reports.schedules(query, actor?.permissions.has('operate') === true),
  }),
  route({
    id: 'schedules.add',
    method: 'post',
    path: '/api/reports/schedules',
    permission: 'operate',
    summary: {
      zh: '新建定时报告；签名密钥只告知这一次',
      en: 'Schedule a report; its signing secret is told this once',
    },
    body: newSchedule,
    answer: scheduleMade,
    status: 201,
    handle: (call) => call.services.reports.add(nameOf(call), call.body),
  }),
  route({
    id: 'schedules.change',
    method: 'patch',
    path: '/api/reports/schedules/{id}',
    permission: 'operate',
    summary: { zh: '启用或停用定时报告', en: 'Switch a scheduled report on or off' },
    params: numbered,
    body: scheduleChange,
    answer: schedule,
    handle: (call) => call.services.reports.enable(nameOf(call), call.params.id, call.body.enabled),
  }),
  route({
    id: 'schedules.remove',
    method: 'delete',
    path: '/api/reports/schedules/{id}',
    permission: 'operate',
    summary: { zh: '删除定时报告及其历次报告', en: 'Remove a scheduled report and all that was made of it' },
    params: numbered,
    answer: done,
    handle: (call) => call.services.reports.remove(nameOf(call), call.params.id),
  }),
  route({
    id: 'schedules.run',
    method: 'post',
    path: '/api/reports/schedules/{id}/run',
    permission: 'operate',
    summary: { zh: '立即生成一次', en: 'Make it now' },
    params: numbered,
    answer: job,
    status: 202,
    handle: (call) => call.services.reports.start(nameOf(call), call.params.id),
  }),
  route({
    id: 'schedules.runs',
    method: 'get',
    path: '/api/reports/schedules/{id}/runs',
    permission: 'ask',
    summary: { zh: '历次报告，最新在前', en: 'Reports made of a schedule, newest first' },
    params: numbered,
    query: pageQuery,
    answer: pageOf(reportRun),
    handle: ({ services, params, query }) => services.reports.runs(params.id, query),
  }),
];

/** `12.json` or `12.xlsx`: the number of a run and the form it is wanted in. */
const runFile = z.object({ file: z.string().regex(/^[1-9]\d{0,8}\.(json|xlsx)$/) });

const runRoutes: readonly Route[] = [
  route({
    id: 'reportRuns.file',
    method: 'get',
    path: '/api/reports/runs/{file}',
    permission: 'ask',
    summary: {
      zh: '一次报告的文件：{编号}.json 或 {编号}.xlsx',
      en: 'A report that was made: {number}.json or {number}.xlsx',
    },
    params: runFile,
    produces: [exportTypes.json, exportTypes.xlsx],
    handle: async ({ services, params: { file } }) => {
      const [id = '', format] = file.split('.');
      const form = format === 'json' ? 'json' : 'xlsx';
      return fileResponse(await services.reports.file(Number(id), form), `report-${file}`, exportTypes[form]);
    },
  }),
];

/** The FAST report, schedules, and what was made of them. */
export const reportRoutes: readonly Route[] = [...fastRoutes, ...scheduleRoutes, ...runRoutes];
