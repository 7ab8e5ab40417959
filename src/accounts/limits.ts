import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { UnavailableError } from '../base/errors.ts';

/** Too many attempts to log in; which part was wrong, and whether the name exists, is not said. */
export class TooManyAttemptsError extends UnavailableError {
  /** Seconds until another attempt is heard. */
  readonly seconds: number;

  constructor(seconds: number) {
    super('attempts', `Too many attempts to log in. Try again in ${seconds} seconds.`);
    this.seconds = seconds;
  }
}

const attempts = 5;
const perSeconds = 60;
const longestSeconds = 15 * 60;
/** How long a run of blocks is remembered: the next one within it is twice as long. */
const memorySeconds = 24 * 60 * 60;

/** Attempts to log in, by address and by name. */
export interface Limits {
  /** Counts an attempt before it is looked at, so that many at once count too. */
  admit(address: string, name: string): Promise<void>;
  /** The attempt was right: it is not counted, and the name begins anew. */
  forgive(address: string, name: string): Promise<void>;
}

/** A network that one household or attacker has whole: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (four) return four;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('%', 1).join('').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array<string>(zeros).fill('0'), ...last]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** One name however it is written. */
const folded = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Five attempts a minute for an address and for a name; then a minute's wait, twice as long each time, at most 15. */
export function limits(): Limits {
  const counted = new RateLimiterMemory({ points: attempts, duration: perSeconds });
  const blocks = new RateLimiterMemory({ points: 1, duration: memorySeconds });
  const keysOf = (address: string, name: string) => [`a ${networkOf(address)}`, `n ${folded(name)}`];
  return {
    async admit(address, name) {
      for (const key of keysOf(address, name)) await consume(counted, blocks, key);
    },
    async forgive(address, name) {
      const [from = '', who = ''] = keysOf(address, name);
      await counted.reward(from);
      await counted.delete(who);
      await blocks.delete(who);
    },
  };
}

async function consume(counted: RateLimiterMemory, blocks: RateLimiterMemory, key: string): Promise<void> {
  try {
    await counted.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    if (refused.consumedPoints > attempts + 1) throw new TooManyAttemptsError(Math.ceil(refused.msBeforeNext / 1000));
    const { consumedPoints: run } = await blocks.penalty(key);
    const seconds = Math.min(perSeconds * 2 ** (run - 1), longestSeconds);
    await counted.block(key, seconds);
    throw new TooManyAttemptsError(seconds);
  }
}
