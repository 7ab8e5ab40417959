/** An identifier that a cut names: its 64-bit number in decimal, and `type:value` as it may be shown. */
export interface NamedIdent {
  readonly ident: string;
  readonly shown: string;
}

/**
 * What a cut drops: all links of an identifier; the links of cards that hold both of a pair; the links of cards that one
 * source alone shows; the links of cards first brought from a moment on (ISO), by any source or by one.
 */
export type Cutting =
  | { readonly kind: 'identifier'; readonly identifier: NamedIdent }
  | { readonly kind: 'pair'; readonly pair: readonly [NamedIdent, NamedIdent] }
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'time'; readonly from: string; readonly source?: string };

/** A file of facts: where it came from, and when its import began (ISO). */
export interface BroughtFile {
  readonly id: number;
  readonly source: string;
  readonly broughtAt: string;
}

/** All that may not link, though cards show it. */
export interface Severed {
  /** Identifiers that link nothing. */
  readonly idents: readonly string[];
  readonly pairs: ReadonlyArray<readonly [string, string]>;
  /** Files that are not believed: a card that only such files show links nothing. */
  readonly files: readonly number[];
}

export const nothingSevered: Severed = { idents: [], pairs: [], files: [] };

export function isWhole({ idents, pairs, files }: Severed): boolean {
  return idents.length + pairs.length + files.length === 0;
}

/** What several cuts sever together; their order says nothing. */
export function severedBy(cuttings: readonly Cutting[], files: readonly BroughtFile[]): Severed {
  return {
    idents: cuttings.flatMap((each) => (each.kind === 'identifier' ? [each.identifier.ident] : [])),
    pairs: cuttings.flatMap((each) =>
      each.kind === 'pair' ? [[each.pair[0].ident, each.pair[1].ident] as const] : [],
    ),
    files: files.filter((file) => cuttings.some((each) => disbelieves(each, file))).map(({ id }) => id),
  };
}

/** True where a cut says that a file's cards alone link nothing. */
export function disbelieves(cutting: Cutting, { source, broughtAt }: BroughtFile): boolean {
  if (cutting.kind === 'source') return cutting.source === source;
  if (cutting.kind !== 'time') return false;
  const isOfSource = cutting.source === undefined || cutting.source === source;
  return isOfSource && Date.parse(broughtAt) >= Date.parse(cutting.from);
}

/** Those of a card's identifiers, strongest first, that it links; `isBelieved` where a file that is believed shows it. */
export function keptOn(strongestFirst: readonly string[], isBelieved: boolean, pairs: Severed['pairs']): string[] {
  const lost = lostToPairs(strongestFirst, pairs);
  return isBelieved ? strongestFirst.filter((each) => !lost.includes(each)) : strongestFirst.slice(0, 1);
}

/** Those of a card's identifiers, strongest first, that a card loses to cut pairs: of two that stay, never both. */
export function lostToPairs(strongestFirst: readonly string[], pairs: Severed['pairs']): string[] {
  const kept: string[] = [];
  const lost: string[] = [];
  for (const each of strongestFirst) {
    const isParted = pairs.some(([a, b]) => (a === each && kept.includes(b)) || (b === each && kept.includes(a)));
    (isParted ? lost : kept).push(each);
  }
  return lost;
}
