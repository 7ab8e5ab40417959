import { numbered, pageOf, pageQuery } from '../../api/common.ts';
import { type Job, job } from '../../api/jobs.ts';
import { permissionsOf } from '../../api/permissions.ts';
import { note } from '../dataCall.ts';
import { HttpError } from '../problem.ts';
import { type Call, type Route, route } from '../route.ts';

const HEARTBEAT_MS = 15_000;

/** Long work: what runs, how far it is, and how to end it or start it again. */
export const jobRoutes: readonly Route[] = [
  route({
    id: 'jobs.list',
    method: 'get',
    path: '/api/jobs',
    permission: 'ask',
    summary: { zh: '任务列表，最新在前', en: 'Jobs, newest first' },
    query: pageQuery,
    answer: pageOf(job),
    handle: ({ services, query }) => services.jobs.list(query),
  }),
  route({
    id: 'jobs.show',
    method: 'get',
    path: '/api/jobs/{id}',
    permission: 'ask',
    summary: { zh: '一个任务', en: 'One job' },
    params: numbered,
    answer: job,
    handle: ({ services, params }) => services.jobs.get(params.id),
  }),
  route({
    id: 'jobs.watch',
    method: 'get',
    path: '/api/jobs/{id}/events',
    permission: 'ask',
    summary: {
      zh: '任务的每次变化（服务器推送事件 job），直到结束',
      en: 'Each change of a job (server-sent event `job`) until it is over',
    },
    params: numbered,
    produces: ['text/event-stream'],
    handle: async ({ services, params, request, stopping }) => {
      await services.jobs.get(params.id);
      return new Response(eventsOf(services.jobs, params.id, [request.signal, ...(stopping ? [stopping] : [])]), {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      });
    },
  }),
  route({
    id: 'jobs.cancel',
    method: 'post',
    path: '/api/jobs/{id}/cancel',
    permission: 'people',
    summary: { zh: '取消任务；分析员只能取消自己发起的', en: 'Cancel a job; an analyst only what they have asked for' },
    params: numbered,
    answer: job,
    handle: async (call) => {
      await requireOwn(call, call.params.id);
      const cancelled = await call.services.jobs.cancel(call.params.id);
      await note(call, 'job.cancel', { job: call.params.id });
      return cancelled;
    },
  }),
  route({
    id: 'jobs.retry',
    method: 'post',
    path: '/api/jobs/{id}/retry',
    permission: 'operate',
    summary: { zh: '重试失败或已取消的任务', en: 'Start a failed or cancelled job again' },
    params: numbered,
    answer: job,
    status: 202,
    handle: async (call) => {
      const again = await call.services.jobs.retry(call.params.id, call.actor?.name ?? '');
      await note(call, 'job.retry', { job: call.params.id, again: again.id });
      return again;
    },
  }),
];

/** Whoever may not operate ends only what they have asked for themselves. */
async function requireOwn({ services, actor }: Call, id: number): Promise<void> {
  if (actor && permissionsOf(actor.role).includes('operate')) return;
  const { createdBy } = await services.jobs.get(id);
  if (createdBy !== actor?.name)
    throw new HttpError(403, 'job_of_others', `Job ${id} is of ${createdBy}: only they or an operator may cancel it.`);
}

/** Changes of a job as server-sent events, until it is over or one of the signals comes; whoever stops listening is forgotten at once. */
function eventsOf(
  jobs: Call['services']['jobs'],
  id: number,
  ends: readonly AbortSignal[],
): ReadableStream<Uint8Array> {
  let end = () => {};
  return new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const send = (text: string) => controller.enqueue(Buffer.from(text));
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      heartbeat.unref();
      let isOpen = true;
      const unsubscribe = jobs.subscribe(id, (each) => tell(each));
      end = () => {
        isOpen = false;
        clearInterval(heartbeat);
        for (const each of ends) each.removeEventListener('abort', close);
        unsubscribe();
      };
      const close = () => {
        if (!isOpen) return;
        end();
        controller.close();
      };
      const tell = (each: Job) => {
        if (!isOpen) return;
        send(`event: job\ndata: ${JSON.stringify(each)}\n\n`);
        if (each.finishedAt !== null) close();
      };
      for (const each of ends) each.addEventListener('abort', close);
      await jobs.get(id).then(tell, close);
    },
    cancel: () => end(),
  });
}
