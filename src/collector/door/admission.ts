import { Refused } from '../protocol.ts';
import type { Body } from './body.ts';
import type { Hall, Source } from './door.ts';

/** What is known of a visit so far. */
export interface Known {
  source: Source | undefined;
  body: Body | undefined;
  /** Seconds after which a refused client may come again. */
  retrySeconds: number | undefined;
}

/** Lets a visit in by its key, or throws why not. */
export async function admit(hall: Hall, known: Known, key: string | undefined, received: number): Promise<void> {
  if (hall.isClosed()) throw closing();
  if (key === undefined || key === '') throw new Refused('key', 'The request carries no write key.');
  const source = await sourceOf(hall, key);
  if (!source) throw new Refused('key', 'The write key is not known: see the list of sources.');
  known.source = source;
  if (!source.enabled) throw new Refused('disabled', 'The source of this write key is switched off.');
  if (source.perSecond === undefined) return;
  const wait = hall.pace.wait(source.name, source.perSecond, received);
  if (wait === 0) return;
  known.retrySeconds = wait;
  throw new Refused('too_fast', `The source may send ${source.perSecond} events a second.`);
}

export const closing = () => new Refused('full', 'The server is stopping: send again in a moment.');

/** Some clients send their key's id and its secret as one: either the whole is the key, or what stands before `:`. */
async function sourceOf(hall: Hall, key: string): Promise<Source | undefined> {
  const whole = await lookedUp(hall, key);
  const colon = key.indexOf(':');
  return whole ?? (colon > 0 ? await lookedUp(hall, key.slice(0, colon)) : undefined);
}

/** Note: a book of keys that fails, or is silent for too long, is a reason to send again, not to give a key up. */
async function lookedUp({ keys, limits, tell }: Hall, key: string): Promise<Source | undefined> {
  const unknown = () => new Refused('full', 'The write keys cannot be looked up now: send again in a moment.');
  const found = Promise.resolve().then(() => keys.find(key));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unknown()), limits.wholeMs);
  });
  try {
    return await Promise.race([found, late]);
  } catch (error) {
    tell?.('error collector the write keys cannot be looked up');
    throw error instanceof Refused ? error : unknown();
  } finally {
    clearTimeout(timer);
  }
}
