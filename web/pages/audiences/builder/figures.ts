import { type Group, nodesOf, type Place, placesOf } from './tree.ts';

/** How many consumers a condition takes. */
export interface Figure {
  /** By itself, with its `not`. */
  readonly consumers: number;
  /** Those that it and all conditions before it in its group take; null where its group is no `all`. */
  readonly remaining: number | null;
}

interface Counted extends Figure {
  readonly place: Place;
}

const keyOf = (place: Place): string => JSON.stringify(place);

/** The figures of the nodes of a tree, by id. A condition that was counted without its `not` has none of its own. */
export function figuresOf(root: Group, counted: readonly Counted[]): ReadonlyMap<number, Figure> {
  const byPlace = new Map(counted.map((each) => [keyOf(each.place), each]));
  const figures = new Map<number, Figure>();
  for (const [id, { outer }] of placesOf(root)) {
    const own = byPlace.get(keyOf(outer));
    if (own) figures.set(id, { consumers: own.consumers, remaining: own.remaining });
  }
  return figures;
}

/** What is wrong with a rule, by the node it is wrong at; `rest` belongs to no node. */
export interface RuleFaults {
  readonly byNode: ReadonlyMap<number, readonly string[]>;
  readonly rest: readonly string[];
}

/** A line of a fault, with the place it speaks of: `all.1.did.window.days: …` or with a full-width colon. */
const line = /^\s*((?:[\w-]+\.)*[\w-]+)(?:: |：)(.+)$/u;

/** Puts each line of a fault to the node whose place it begins with, the innermost. */
export function faultsOf(root: Group, told: string): RuleFaults {
  const byNode = new Map<number, string[]>();
  const rest: string[] = [];
  const [heading = '', ...lines] = told.split('\n');
  for (const each of lines) {
    const [, path = '', what = ''] = line.exec(each) ?? [];
    const id = path === '' ? undefined : nodeAt(root, path.split('.'));
    if (id === undefined) rest.push(each.trim());
    else byNode.set(id, [...(byNode.get(id) ?? []), what.trim()]);
  }
  return { byNode, rest: byNode.size === 0 || rest.length > 0 ? [heading, ...rest] : [] };
}

function nodeAt(root: Group, path: readonly string[]): number | undefined {
  const places = placesOf(root);
  let found: number | undefined;
  for (const { id } of nodesOf(root)) {
    const outer = places.get(id)?.outer.map(String) ?? [];
    // Note: the root is told of last, and a node before those within it.
    if (outer.length > 0 && outer.every((part, i) => part === path[i])) found = id;
  }
  return found ?? root.id;
}
