import type { Placed } from '../../collector/entry.ts';
import type { LiveRow, Protocol, Unreadable } from '../../collector/protocol.ts';
import type { Words } from '../../collector/words.ts';
import type { EntityName } from '../../model/entities.ts';
import { Group, type Packed } from './group.ts';

/** How entries become rows, and who is told of each. */
export interface Making {
  readonly protocols: ReadonlyMap<string, Protocol>;
  readonly words: Words;
  seen(placed: Placed, row: LiveRow | Unreadable): void;
}

/** Makes the rows of a run of the log, grouped by source and entity in the order they were received. */
export function packedOf(entries: Iterable<Placed>, { protocols, words, seen }: Making): Packed[] {
  const groups = new Map<string, Group>();
  for (const placed of entries) {
    const { source, protocol } = placed.entry;
    for (const row of rowsOf(placed, protocols.get(protocol), words)) {
      addTo(groups, source, protocol, row);
      seen(placed, row);
    }
  }
  return [...groups.values()].map((group) => group.pack());
}

/** The rows of an entry; one that nothing reads, or that its protocol fails on, goes to rejects whole. */
function* rowsOf(placed: Placed, protocol: Protocol | undefined, words: Words): Generator<LiveRow | Unreadable> {
  if (!protocol) return yield whole(placed);
  try {
    yield* [...protocol.rows(placed, words)];
  } catch {
    yield whole(placed);
  }
}

const whole = ({ entry }: Placed): Unreadable => ({ unreadable: 'shape', raw: entry.body.toString('utf8') });

/** The protocol whose clients send rows of the contract themselves. */
const BULK = 'bulk';

function addTo(groups: Map<string, Group>, source: string, protocol: string, row: LiveRow | Unreadable): void {
  const entity: EntityName = 'entity' in row ? row.entity : 'events';
  const derived = entity !== 'events' && protocol !== BULK;
  const key = `${source}\n${entity}\n${derived}`;
  const group = groups.get(key) ?? new Group(source, entity, derived);
  groups.set(key, group);
  if ('entity' in row) group.add(row);
  else group.addUnreadable(row);
}
