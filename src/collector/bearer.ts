import type { Front } from './protocol.ts';

/** The key of `Authorization: Bearer KEY`. */
export function bearerOf(asked: Front): string | undefined {
  return /^Bearer +(\S+)\s*$/i.exec(asked.header('authorization') ?? '')?.[1];
}
