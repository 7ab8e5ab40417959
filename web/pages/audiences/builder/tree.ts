/** A rule as plain data: an object with one key, the kind of its condition. */
export type RuleData = Readonly<Record<string, unknown>>;

interface NodeBase {
  /** Stays the same while the node is changed or moved. */
  readonly id: number;
  /** How many `not` stand around it. */
  readonly nots: number;
}

/** Conditions joined by `all` or `any`. */
export interface Group extends NodeBase {
  readonly kind: 'all' | 'any';
  readonly parts: readonly Node[];
}

/** One condition and what stands behind its kind. */
export interface Leaf extends NodeBase {
  readonly kind: string;
  readonly body: unknown;
}

export type Node = Group | Leaf;

export function isGroup(node: Node): node is Group {
  return 'parts' in node;
}

let lastId = 0;

/** A condition that stands in no tree yet. */
export function leafOf(kind: string, body: unknown, nots = 0): Leaf {
  lastId += 1;
  return { id: lastId, kind, body, nots };
}

export function groupOf(kind: Group['kind'], parts: readonly Node[], nots = 0): Group {
  lastId += 1;
  return { id: lastId, kind, parts, nots };
}

/** A rule as a tree. Anything that is no rule becomes a leaf without a kind, so that its text is not lost. */
export function treeOf(rule: unknown, nots = 0): Node {
  const entries = isObject(rule) ? Object.entries(rule) : [];
  const [entry] = entries;
  if (!entry || entries.length > 1) return leafOf('', rule, nots);
  const [kind, body] = entry;
  if (kind === 'not') return treeOf(body, nots + 1);
  if ((kind === 'all' || kind === 'any') && Array.isArray(body))
    return groupOf(
      kind,
      body.map((part) => treeOf(part)),
      nots,
    );
  return leafOf(kind, body, nots);
}

/** The tree of a rule below a group, as the builder shows it. */
export function rootOf(rule: unknown): Group {
  const node = treeOf(rule);
  return isGroup(node) && node.nots === 0 ? node : groupOf('all', [node]);
}

export function ruleOf(node: Node): RuleData {
  const inner = isGroup(node) ? { [node.kind]: node.parts.map(ruleOf) } : leafRule(node);
  return Array.from({ length: node.nots }).reduce<RuleData>((rule) => ({ not: rule }), inner);
}

function leafRule({ kind, body }: Leaf): RuleData {
  if (kind !== '') return { [kind]: body };
  return isObject(body) ? body : { '': body };
}

function isObject(value: unknown): value is RuleData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Place = readonly (string | number)[];

/** Where each node's rule stands in the rule of the tree, by id: with its `not`, and within them. */
export interface Placed {
  readonly outer: Place;
  readonly inner: Place;
}

export function placesOf(root: Node): ReadonlyMap<number, Placed> {
  const places = new Map<number, Placed>();
  const visit = (node: Node, outer: Place): void => {
    const inner = [...outer, ...Array.from({ length: node.nots }, () => 'not')];
    places.set(node.id, { outer, inner });
    if (isGroup(node)) for (const [i, part] of node.parts.entries()) visit(part, [...inner, node.kind, i]);
  };
  visit(root, []);
  return places;
}

/** Every node of a tree, the root first. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  if (isGroup(node)) for (const part of node.parts) yield* nodesOf(part);
}

export function find(root: Node, id: number): Node | undefined {
  for (const node of nodesOf(root)) if (node.id === id) return node;
  return undefined;
}

/** The group a node stands in and its place there; undefined for the root. */
export function parentOf(root: Node, id: number): { readonly group: Group; readonly at: number } | undefined {
  for (const node of nodesOf(root)) {
    if (!isGroup(node)) continue;
    const at = node.parts.findIndex((part) => part.id === id);
    if (at >= 0) return { group: node, at };
  }
  return undefined;
}

type Change = (node: Node) => Node | undefined;

/** A tree in which one node is another, or gone where the change gives none. The root cannot go. */
export function changed(root: Group, id: number, change: Change): Group {
  const visit = (node: Node): Node | undefined => {
    if (node.id === id) return change(node);
    if (!isGroup(node)) return node;
    const parts = node.parts.flatMap((part) => visit(part) ?? []);
    const isSame = parts.length === node.parts.length && parts.every((part, i) => part === node.parts[i]);
    return isSame ? node : { ...node, parts };
  };
  const next = visit(root);
  return next && isGroup(next) ? next : root;
}

export function removed(root: Group, id: number): Group {
  return changed(root, id, () => undefined);
}

/** A node put into a group before its `at`th part. */
export function inserted(root: Group, group: number, at: number, node: Node): Group {
  return changed(root, group, (found) =>
    isGroup(found) ? { ...found, parts: [...found.parts.slice(0, at), node, ...found.parts.slice(at)] } : found,
  );
}

/** A node taken to a group before the part that stands at `at` there now; never into itself. */
export function moved(root: Group, id: number, group: number, at: number): Group {
  const node = find(root, id);
  const from = parentOf(root, id);
  if (!node || !from || find(node, group)) return root;
  const to = from.group.id === group && from.at < at ? at - 1 : at;
  return inserted(removed(root, id), group, to, node);
}

export type Step = 'up' | 'down' | 'in' | 'out';

/** A node one step on: among its siblings, into the group before or behind it, or out of its own. */
export function stepped(root: Group, id: number, step: Step): Group {
  const from = parentOf(root, id);
  if (!from) return root;
  const { group, at } = from;
  if (step === 'up') return at > 0 ? moved(root, id, group.id, at - 1) : root;
  if (step === 'down') return at < group.parts.length - 1 ? moved(root, id, group.id, at + 2) : root;
  if (step === 'in') {
    const [before, behind] = [group.parts[at - 1], group.parts[at + 1]];
    if (before && isGroup(before)) return moved(root, id, before.id, before.parts.length);
    return behind && isGroup(behind) ? moved(root, id, behind.id, 0) : root;
  }
  const above = parentOf(root, group.id);
  return above ? moved(root, id, above.group.id, above.at + 1) : root;
}

/** The same node and all below it as others. */
export function copyOf(node: Node): Node {
  return isGroup(node)
    ? groupOf(node.kind, node.parts.map(copyOf), node.nots)
    : leafOf(node.kind, node.body, node.nots);
}

/** A node with a `not` more, or with one less where it has any. */
export function turned(node: Node): Node {
  return { ...node, nots: node.nots > 0 ? node.nots - 1 : 1 };
}

/** A node in a group of its own, in its place. */
export function wrapped(root: Group, id: number): Group {
  return id === root.id ? groupOf('all', [root]) : changed(root, id, (node) => groupOf('any', [node]));
}
