import type { RecentEvent } from '../../api/live.ts';
import type { Placed } from '../../collector/entry.ts';
import type { LiveRow, Unreadable } from '../../collector/protocol.ts';

/** Events shown. */
const SHOWN = 200;
/** Characters of a value shown. */
const LENGTH = 200;

/** An event that is shown, before it has its number. */
export type Shown = Omit<RecentEvent, 'number'>;

/** The last of the events that pass by. */
export class Passing {
  #rows: (readonly [Placed, LiveRow | Unreadable])[] = [];

  add(placed: Placed, row: LiveRow | Unreadable): void {
    this.#rows.push([placed, row]);
    if (this.#rows.length > 2 * SHOWN) this.#rows = this.#rows.slice(-SHOWN);
  }

  last(): Shown[] {
    return this.#rows.slice(-SHOWN).map(([{ entry }, row]) => {
      const { source, protocol, received } = entry;
      return { source, protocol, received: new Date(received).toISOString(), ...said(row) };
    });
  }
}

/** The events taken in last, for whoever looks on; identifiers by their types only. */
export class Recent {
  #events: RecentEvent[] = [];
  #number = 0;

  add(events: readonly Shown[]): void {
    for (const event of events) {
      this.#number += 1;
      this.#events.push({ number: this.#number, ...event });
    }
    this.#events = this.#events.slice(-SHOWN);
  }

  /** Newest first. */
  list(): readonly RecentEvent[] {
    return this.#events.toReversed();
  }
}

function said(row: LiveRow | Unreadable): Pick<Shown, 'entity' | 'behavior' | 'cells' | 'identifiers'> {
  if ('unreadable' in row) return { entity: 'unreadable', behavior: '', cells: {}, identifiers: [] };
  const own = Object.entries(row.cells).filter(([name]) => !name.startsWith('id_') && name !== 'behavior');
  const cells = [...own, ...Object.entries(row.props)].map(([name, text]) => [name, text.slice(0, LENGTH)]);
  const identifiers = Object.keys(row.cells)
    .filter((name) => name.startsWith('id_'))
    .map((name) => name.slice(3));
  return { entity: row.entity, behavior: row.cells.behavior ?? '', cells: Object.fromEntries(cells), identifiers };
}
