import { ConflictError, InputError, UnavailableError } from '../base/errors.ts';

interface Fault {
  readonly code?: string;
  readonly message: string;
  readonly table?: string;
  readonly constraint?: string;
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '08001',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
]);
const unwelcome = new Set(['28000', '28P01', '3D000', '42501']);
const busy = new Set(['40001', '40P01', '53300', '55P03']);
const uncodedLoss =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

function isFault(error: unknown): error is Fault {
  return error instanceof Error;
}

/** The error a caller can act upon, or the engine's own where only the program can be wrong; `place` holds no password. */
export function registryFault(error: unknown, place: string): unknown {
  if (!isFault(error)) return error;
  const code = error.code ?? '';
  const options = { cause: error };
  if (unreachable.has(code) || (code === '' && uncodedLoss.test(error.message)))
    return new UnavailableError(
      'registry_unreachable',
      `The registry, ${place}, cannot be reached (${code || error.message}). Start it, or correct postgres_url in config.yaml or QIANCHENG_POSTGRES_URL, then try again.`,
      options,
    );
  if (unwelcome.has(code))
    return new InputError(
      'registry_refused',
      `The registry, ${place}, refuses this connection: ${error.message}. Correct the user, password or database in postgres_url (config.yaml) or QIANCHENG_POSTGRES_URL.`,
      options,
    );
  if (busy.has(code))
    return new UnavailableError(
      'registry_busy',
      `The registry, ${place}, is busy: ${error.message}. Try again in a moment.`,
      options,
    );
  if (code === '53100')
    return new UnavailableError(
      'registry_full',
      `The registry, ${place}, has no disk space left. Free some, then try again.`,
      options,
    );
  if (code === '23505')
    return new ConflictError(
      'registry_duplicate',
      `In table ${error.table ?? '?'} of the registry a row with the same key stands already (${error.constraint ?? 'unique'}). Change the key, or change the row that stands.`,
      options,
    );
  return error;
}
