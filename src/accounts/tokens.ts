import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token or a key: of 256 random bits a plain SHA-256 gives nothing away. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The text under a key for one purpose, as a signature or a second token. */
export function sealOf(key: string | Buffer, purpose: string, text = ''): string {
  return createHmac('sha256', key).update(`${purpose}\n${text}`).digest('base64url');
}

/** Compares in a time that does not depend on where they differ. */
export function isSame(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
