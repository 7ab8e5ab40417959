import { setImmediate as breathe } from 'node:timers/promises';
import type { Placed } from '../../collector/entry.ts';
import type { LiveRow, Protocol, Unreadable } from '../../collector/protocol.ts';
import type { Words } from '../../collector/words.ts';
import type { EntityName } from '../../model/entities.ts';
import { Group } from './group.ts';

/** Rows made between two pauses, in which the door is heard. */
const AT_A_STRETCH = 200;

/** Makes the rows of a run of the log, grouped by source and entity in the order they were received. */
export async function groupsOf(
  entries: AsyncIterable<Placed>,
  protocols: ReadonlyMap<string, Protocol>,
  words: Words,
  seen: (placed: Placed, row: LiveRow | Unreadable) => void = () => {},
): Promise<Group[]> {
  const groups = new Map<string, Group>();
  let rows = 0;
  for await (const placed of entries) {
    const { source, protocol } = placed.entry;
    for (const row of rowsOf(placed, protocols.get(protocol), words)) {
      addTo(groups, source, protocol, row);
      seen(placed, row);
      rows += 1;
      if (rows % AT_A_STRETCH === 0) await breathe();
    }
  }
  return [...groups.values()];
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
