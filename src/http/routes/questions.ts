import { z } from 'zod';
import { cost, standing } from '../../api/analyses.ts';
import { done } from '../../api/common.ts';
import { typedParams } from '../../app/answers/typed.ts';
import type { Asker } from '../../app/answers.ts';
import { analysisOf } from '../../app/asking.ts';
import { ConflictError, NotFoundError } from '../../base/errors.ts';
import { type Call, type Route, route } from '../route.ts';

/** Headers of a question: what its asker calls it meanwhile, and that it is not to be answered if that takes long. */
const TICKET = 'x-question';
const LIGHT = 'x-light';

const ticketText = /^[A-Za-z0-9-]{8,64}$/;
const byId = z.object({ id: z.string().max(64) });
const byTicket = z.object({ ticket: z.string().regex(ticketText) });

/** Who asks, until the connection ends. */
export function askerOf({ actor, request }: Call): Asker {
  const ticket = request.headers.get(TICKET);
  return {
    name: actor?.name ?? '',
    signal: request.signal,
    ...(ticket !== null && ticketText.test(ticket) ? { ticket } : {}),
  };
}

/** Refuses a heavy question of a caller who wants light ones only. */
export async function lightOnly(
  { services, request }: Call,
  id: string,
  asked: Record<string, unknown>,
): Promise<void> {
  if (request.headers.get(LIGHT) === null || !(await services.answers.isHeavy(id, asked))) return;
  throw new ConflictError(
    'question_heavy',
    `This question is likely to take long: /api/analyses/${id}/estimate says how long. Ask without ${LIGHT} to have it answered.`,
  );
}

/** What a question would cost, and how one stands that was asked. */
export const questionRoutes: readonly Route[] = [
  route({
    id: 'analyses.estimate',
    method: 'get',
    path: '/api/analyses/{id}/estimate',
    permission: 'ask',
    summary: { zh: '一项分析预计的代价', en: 'What an analysis is likely to cost' },
    params: byId,
    query: z.object({}).catchall(z.string()),
    answer: cost,
    handle: ({ services, params: { id }, query }) => services.answers.cost(id, typedParams(analysisOf(id), query)),
  }),
  route({
    id: 'questions.get',
    method: 'get',
    path: '/api/questions/{ticket}',
    permission: 'ask',
    summary: {
      zh: '查看以 x-question 标头命名的提问：排队位置或进度',
      en: 'How a question stands that was named in its header x-question: its place in the queue, or how far it is',
    },
    params: byTicket,
    answer: standing,
    handle: async ({ services, actor, params: { ticket } }) =>
      services.answers.standing(actor?.name ?? '', ticket) ?? { state: 'over' },
  }),
  route({
    id: 'questions.cancel',
    method: 'delete',
    path: '/api/questions/{ticket}',
    permission: 'ask',
    summary: { zh: '取消一个提问', en: 'Cancel a question' },
    params: byTicket,
    answer: done,
    handle: async ({ services, actor, params: { ticket } }) => {
      if (!services.answers.leave(actor?.name ?? '', ticket))
        throw new NotFoundError('question', 'There is no question of that ticket: it has ended, or was never asked.');
    },
  }),
];
