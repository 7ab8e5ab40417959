/** Identifiers that one card links, in decimal. */
export interface LinkingCard {
  readonly who: string;
  readonly linking: readonly string[];
}

/** One step of a way from an identifier to another: the card that shows both. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly who: string;
}

/** The shortest way from any of some identifiers to any of others; undefined where none leads there. */
export function shortestChain(
  cards: readonly LinkingCard[],
  from: readonly string[],
  to: readonly string[],
): Step[] | undefined {
  const cardsOf = byIdentifier(cards);
  const reachedBy = new Map<string, Step | undefined>(from.map((each) => [each, undefined]));
  const used = new Set<LinkingCard>();
  const waiting = [...reachedBy.keys()];
  for (let next = 0; next < waiting.length; next += 1) {
    const at = waiting[next] ?? '';
    if (to.includes(at)) return wayTo(at, reachedBy);
    for (const card of cardsOf.get(at) ?? []) {
      if (used.has(card)) continue;
      used.add(card);
      const fresh = card.linking.filter((each) => !reachedBy.has(each));
      for (const each of fresh) reachedBy.set(each, { from: at, to: each, who: card.who });
      waiting.push(...fresh);
    }
  }
  return undefined;
}

function byIdentifier(cards: readonly LinkingCard[]): Map<string, LinkingCard[]> {
  const cardsOf = new Map<string, LinkingCard[]>();
  for (const card of cards)
    for (const each of card.linking) {
      const known = cardsOf.get(each);
      if (known) known.push(card);
      else cardsOf.set(each, [card]);
    }
  return cardsOf;
}

function wayTo(end: string, reachedBy: ReadonlyMap<string, Step | undefined>): Step[] {
  const way: Step[] = [];
  for (let step = reachedBy.get(end); step; step = reachedBy.get(step.from)) way.unshift(step);
  return way;
}
