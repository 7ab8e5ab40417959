import { InputError, UnavailableError } from '../base/errors.ts';
import { cancelledFault } from './labels.ts';

const MEMORY_LIMIT = 241;
const TIMEOUT = 159;
const CANCELLED = 394;
const NO_SPACE = 243;
/** What the engine says of a shard that is gone, goes, or cannot be reached. */
const SHARD_GONE: readonly number[] = [32, 198, 209, 210, 279];
/** What a server says from its own fault, or a told end, until its process is gone; what ends merges says it too. */
const ABORTED = 236;

/** What the engine says, as an error that tells the reader what to do; anything else stays a bug with its text. */
export function faultOf(message: string, code: number | undefined, statement: string): Error {
  const number = code ?? codeIn(message);
  if (number === MEMORY_LIMIT)
    return new InputError(
      'query_memory',
      `The question needs more memory than it may have: narrow its dates or scope. (${first(message)})`,
    );
  if (number === TIMEOUT)
    return new UnavailableError(
      'query_timeout',
      `The question took longer than it may: narrow its dates or scope. (${first(message)})`,
    );
  if (number === NO_SPACE)
    return new UnavailableError('disk_full', `The disk of the warehouse is full: free some room. (${first(message)})`);
  if (number === CANCELLED) return cancelledFault();
  if (number === ABORTED && message.includes('shutting down'))
    return new UnavailableError(
      'warehouse_unreachable',
      `A ClickHouse server is ending: start it again, or wait for it, and ask again. (${first(message)})`,
    );
  if (number !== undefined && SHARD_GONE.includes(number))
    return new UnavailableError(
      'shard_unreachable',
      `A shard of the cluster does not answer, and without its consumers the answer would be too small: bring it back and ask again. (${first(message)})`,
    );
  return new Error(`${first(message)}\n  in: ${statement.replace(/\s+/g, ' ').slice(0, 400)}`);
}

function codeIn(message: string): number | undefined {
  const found = /Code: (\d+)/.exec(message)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The engine's own sentence, without its version and stack. */
function first(message: string): string {
  return (message.split('\n')[0] ?? message).slice(0, 600);
}
