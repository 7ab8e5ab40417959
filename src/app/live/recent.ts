import type { RecentEvent } from '../../api/live.ts';
import type { Placed } from '../../collector/entry.ts';
import type { LiveRow, Unreadable } from '../../collector/protocol.ts';

/** Events shown. */
const SHOWN = 200;
/** Characters of a value shown. */
const LENGTH = 200;

/** The events taken in last, for whoever looks on; identifiers by their types only. */
export class Recent {
  #events: RecentEvent[] = [];
  #number = 0;

  add({ entry }: Placed, row: LiveRow | Unreadable): void {
    this.#number += 1;
    const { source, protocol, received } = entry;
    const came = { number: this.#number, source, protocol, received: new Date(received).toISOString() };
    this.#events.push({ ...came, ...shown(row) });
    if (this.#events.length > 2 * SHOWN) this.#events = this.#events.slice(-SHOWN);
  }

  /** Newest first. */
  list(): readonly RecentEvent[] {
    return this.#events.slice(-SHOWN).reverse();
  }
}

function shown(row: LiveRow | Unreadable): Pick<RecentEvent, 'entity' | 'behavior' | 'cells' | 'identifiers'> {
  if ('unreadable' in row) return { entity: 'unreadable', behavior: '', cells: {}, identifiers: [] };
  const own = Object.entries(row.cells).filter(([name]) => !name.startsWith('id_') && name !== 'behavior');
  const cells = [...own, ...Object.entries(row.props)].map(([name, text]) => [name, text.slice(0, LENGTH)]);
  const identifiers = Object.keys(row.cells)
    .filter((name) => name.startsWith('id_'))
    .map((name) => name.slice(3));
  return { entity: row.entity, behavior: row.cells.behavior ?? '', cells: Object.fromEntries(cells), identifiers };
}
