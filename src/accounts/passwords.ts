import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id as OWASP's password storage cheat sheet has it (2024): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Digits and letters that are not taken for each other. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const groups = 4;
const groupLength = 5;

/** A password nobody chose: 20 characters, 99 bits. */
export function newPassword(): string {
  const letter = () => alphabet.charAt(randomInt(alphabet.length));
  const group = () => Array.from({ length: groupLength }, letter).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** What is kept of a password. */
export function hashOf(password: string): Promise<string> {
  return hash(password, cost);
}

let nobody: Promise<string> | undefined;

/** Whether the password is the kept one; takes as long where there is none, so that time does not tell who exists. */
export async function matches(kept: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hashOf(randomBytes(32).toString('base64url'));
  const isTheirs = await verify(kept ?? (await nobody), password);
  return isTheirs && typeof kept === 'string';
}
