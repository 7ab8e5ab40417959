import { setTimeout as pause } from 'node:timers/promises';
import type { Posted, Poster } from './posting.ts';
import type { Serving } from './serving.ts';

/** Sends events while the engine stands still, and lets it go on; gives the answers of that time. */
export async function stall(serving: Serving, poster: Poster, stillMs: number): Promise<readonly Posted[]> {
  while (!serving.signalEngine('SIGSTOP')) await poster.post(serving.url, 10);
  try {
    return await during(stillMs, () => poster.post(serving.url, 100));
  } finally {
    serving.signalEngine('SIGCONT');
  }
}

/** Posts again and again for a time; gives the answers. */
export async function during(ms: number, post: () => Promise<Posted>): Promise<Posted[]> {
  const posted: Posted[] = [];
  for (const until = Date.now() + ms; Date.now() < until; await pause(5)) posted.push(await post());
  return posted;
}
