import type { CutRequest } from '../../../src/api/links.ts';

/** What can be cut. */
export const cutKinds = ['identifier', 'pair', 'source', 'time'] as const;

/** A cut as it is written by hand; what its kind does not ask for may be left over from another. */
export interface WrittenCut {
  readonly kind: (typeof cutKinds)[number];
  readonly one?: string;
  readonly other?: string;
  readonly source?: string;
  readonly from?: string;
  readonly note?: string;
}

/** The request for a cut as it is written, of what its kind asks for alone. */
export function requestOf({ kind, one = '', other = '', source = '', from = '' }: WrittenCut): CutRequest {
  const own = source.trim() === '' ? {} : { source: source.trim() };
  if (kind === 'identifier') return { identifier: one.trim(), ...own };
  if (kind === 'pair') return { pair: [one.trim(), other.trim()] };
  if (kind === 'source') return { source: source.trim() };
  return { from: from.trim(), ...own };
}
