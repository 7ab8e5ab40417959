import { createHmac } from 'node:crypto';
import { InputError, UnavailableError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import { CancelledError } from '../../base/progress.ts';
import type { Outbound } from '../outbound.ts';
import type { FastReport } from './fastReport.ts';
import type { Webhook } from './schedules.ts';

/** Milliseconds before the second, third and fourth try. */
const PAUSES = [1_000, 5_000, 25_000] as const;

export interface Courier {
  readonly outbound: Outbound;
  readonly now: () => Date;
  /** Waits so many milliseconds, or throws once the signal says to end. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  readonly signal: AbortSignal;
}

/** What a webhook is sent of a report: figures only, no consumer and no way back into the home. */
export function letterOf(report: FastReport, about: { readonly name: string; readonly run: number }): string {
  const earlier = new Map(report.fastBefore.rows.map((row) => [row.metric, row.value]));
  return JSON.stringify({
    report: 'fast',
    ...about,
    period: { from: report.from, to: report.to },
    before: report.before,
    values: report.fast.rows.map((row) => ({ ...row, before: earlier.get(row.metric) ?? null })),
    stages: report.stock.rows,
    rules: report.fast.rules,
    as_of: report.fast.as_of,
  });
}

/** `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" under the secret, hex>`: who it is from, and when. */
export function signature(secret: string, body: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** Sends a letter and tells how it ended; tried again when the other side was not there, busy or at fault. */
export async function deliver({ url, secret }: Webhook, body: string, courier: Courier): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { told, again } = await tried(url, secret, body, courier);
    const pause = PAUSES[tries - 1];
    if (!again) return told;
    if (pause === undefined) return say('delivery.again', { told, tries }).en;
    if (courier.signal.aborted) throw new CancelledError(true);
    await courier.wait(pause, courier.signal);
  }
}

async function tried(url: string, secret: string, body: string, { outbound, now, signal }: Courier) {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'qiancheng',
    'x-qiancheng-signature': signature(secret, body, now()),
  };
  try {
    const { status } = await outbound.post(url, { headers, body, signal });
    if (status >= 200 && status < 300) return { told: say('delivery.done', { status }).en, again: false };
    const isRedirect = status >= 300 && status < 400;
    const told = say(isRedirect ? 'delivery.redirect' : 'delivery.status', { status });
    return { told: told.en, again: status >= 500 || status === 429 };
  } catch (error) {
    if (signal.aborted) throw new CancelledError(true);
    if (error instanceof UnavailableError || error instanceof InputError)
      return { told: say('delivery.not', { why: error.message }).en, again: error instanceof UnavailableError };
    throw error;
  }
}
