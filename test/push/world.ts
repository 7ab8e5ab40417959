/** People with phones and devices who carted, and what is needed to send them somewhere. */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwatched } from '../../src/base/progress.ts';
import type { Home, Product } from '../product.ts';

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Phone of the i-th person. */
export const phone = (i: number): string => `138${String(i).padStart(8, '0')}`;

export interface Brought {
  readonly people: readonly number[];
  /** Their profiles, where they have one: what the tag `consent` says. */
  readonly consent?: Readonly<Record<number, string>>;
  readonly behavior?: string;
  readonly at?: string;
}

/** Imports one event a person, and their profiles; gives the import's number. */
export async function bring(home: Home, { people, consent = {}, behavior = 'cart', at = '2026-06-20' }: Brought) {
  const folder = mkdtempSync(join(home.files, 'brought-'));
  const events = people.map((i) => `u${i},${phone(i)},${at},${behavior}`);
  if (events.length > 0)
    writeFileSync(join(folder, 'events.csv'), `${['id_user,id_phone,event_time,behavior', ...events].join('\n')}\n`);
  const profiles = Object.entries(consent).map(([i, said]) => `u${i},${said}`);
  if (profiles.length > 0)
    writeFileSync(join(folder, 'consumers.csv'), `${['id_user,consent', ...profiles].join('\n')}\n`);
  return home.import(folder);
}

export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Everybody who carted. */
export const carted = { did: { behavior: ['cart'] } };

/** Runs a push to its end. */
export const run = (product: Product, which: string, on?: string) =>
  product.pushing.run(which, { by: 'tester', ...(on === undefined ? {} : { on }) }, unwatched);

/** The text of a file of a push. */
export async function textOf(body: AsyncIterable<string> | Buffer): Promise<string> {
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}
