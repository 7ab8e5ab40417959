import type { CutRequest, LinkReport } from '../../../src/api/links.ts';

type LinkCard = Pick<LinkReport['cards'][number], 'linking' | 'source' | 'first_seen'>;

/** One cut that a card offers. */
export interface CutChoice {
  readonly kind: 'pair' | 'identifier' | 'source' | 'time';
  readonly request: CutRequest;
}

/** What may be cut where a card links: each pair of it, each identifier, its source, its source since then. */
export function cutChoices({ linking, source, first_seen }: LinkCard): CutChoice[] {
  const pairs = linking.flatMap((left, i) => linking.slice(i + 1).map((right): [string, string] => [left, right]));
  return [
    ...pairs.map((pair): CutChoice => ({ kind: 'pair', request: { pair } })),
    // Note: the weakest first, for a device or telephone that people share is likelier than a shared account.
    ...linking.toReversed().map((identifier): CutChoice => ({ kind: 'identifier', request: { identifier } })),
    { kind: 'source', request: { source } },
    { kind: 'time', request: { source, from: first_seen } },
  ];
}
