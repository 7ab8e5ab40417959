import { setTimeout as pause } from 'node:timers/promises';
import { ConflictError, UnavailableError } from '../base/errors.ts';
import type { Context } from '../intake/context.ts';
import { mend, recover } from '../intake/recover.ts';
import type { LockName, Locks, Member } from '../registry/locks.ts';
import { sql } from '../warehouse/sql.ts';
import type { Caps, Warehouse } from '../warehouse/warehouse.ts';
import type { HomeFolder } from './home.ts';
import { productVersion } from './version.ts';

/** What the statements of an opening are called in the engine. */
const labelOf = (session: number): string => `qiancheng ${session}`;

/**
 * The warehouse as one server among several uses it: its statements carry its label, so that whoever takes over from it
 * can stop them, and none that changes anything is sent once what the work holds is lost.
 */
export function sharedWarehouse(warehouse: Warehouse, locks: Locks): Warehouse {
  const labelled = (caps?: Caps): Caps => ({ label: labelOf(locks.session), ...caps });
  return {
    kind: warehouse.kind,
    holders: warehouse.holders,
    rows: (question, caps) => warehouse.rows(question, labelled(caps)),
    stream: (question, caps) => warehouse.stream(question, labelled(caps)),
    bytes: (question, caps) => warehouse.bytes(question, labelled(caps)),
    run: async (statement, caps) => {
      await locks.check();
      await warehouse.run(statement, labelled(caps));
    },
    insert: async (payload, caps) => {
      await locks.check();
      await warehouse.insert(payload, labelled(caps));
    },
    createFacts: async (table) => {
      await locks.check();
      await warehouse.createFacts(table);
    },
    everywhere: async (statement, caps) => {
      await locks.check();
      await warehouse.everywhere(statement, labelled(caps));
    },
    onParts: async (table, statement, { caps, ...more } = {}) => {
      await locks.check();
      await warehouse.onParts(table, statement, { ...more, caps: labelled(caps) });
    },
    underWay: (label) => warehouse.underWay(label),
    cancel: (label) => warehouse.cancel(label),
    close: () => warehouse.close(),
  };
}

/** Longer than a server may go on believing that it holds what it has lost. */
const BELIEF_MS = 1000;
const LOOK_MS = 100;
const MOST_LOOKS = 600;

/** Stops what sessions that are gone had begun in the engine, and waits until nothing of it goes on. */
export async function endStatements(warehouse: Warehouse, sessions: readonly number[]): Promise<void> {
  if (warehouse.kind === 'embedded') return;
  await pause(BELIEF_MS);
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    for (const session of sessions) await warehouse.cancel(labelOf(session));
    if ((await running(warehouse, sessions)) === 0) return;
    await pause(LOOK_MS);
  }
  throw new UnavailableError(
    'statements_left',
    'Statements of a server that has gone still run in the engine and do not stop. Look at system.processes and system.mutations there, end them, then try again.',
  );
}

/** Statements of those sessions, and deletes that nobody waits for any more. */
async function running(warehouse: Warehouse, sessions: readonly number[]): Promise<number> {
  const labels = sessions.map(labelOf);
  const [row] = await warehouse.rows<{ left: number }>(sql`SELECT
    (SELECT count() FROM system.processes WHERE has(${labels}, Settings['log_comment']))
    + (SELECT count() FROM system.mutations
        WHERE database = currentDatabase() AND NOT is_done AND latest_fail_reason = '') AS left`);
  return row?.left ?? 0;
}

/** Ends what servers that died had begun, by what they held. */
export function heirOf(context: Context): (name: LockName, formers: readonly number[]) => Promise<void> {
  return async (name, formers) => {
    await endStatements(context.warehouse, formers);
    if (name === 'gate') await mend(context);
    if (name === 'writer') await context.gate.alone(() => recover(context));
  };
}

/** Enters among the servers of a registry; refused beside others that would read the same data otherwise. */
export async function joinServers(locks: Locks, { server, config }: HomeFolder, name: string): Promise<void> {
  const { zone, currency, brands, identifiers, max_consumers, events, clickhouse_url, clickhouse_cluster } = config;
  const own = {
    version: productVersion,
    warehouse: clickhouse_url === undefined ? `embedded ${server}` : `server ${clickhouse_cluster ?? ''}`,
    zone,
    currency,
    brands: JSON.stringify([...brands].sort()),
    identifiers: JSON.stringify(identifiers),
    max_consumers: String(max_consumers),
    events: JSON.stringify(events),
  };
  for (const other of await locks.join({ id: server, name, settings: own })) refuseOther(own, other);
}

function refuseOther(own: Member['settings'], { name, settings }: Member): void {
  const differing = Object.keys(own).filter((key) => own[key] !== settings[key]);
  if (differing.includes('warehouse'))
    throw new ConflictError(
      'servers_differ',
      `The server ${name} works on this registry already, and not every one of you has its facts on the same ClickHouse server: set clickhouse_url for each. Facts in a home of its own are for one server alone.`,
    );
  if (differing.length > 0)
    throw new ConflictError(
      'servers_differ',
      `The server ${name} works on this registry already, and this one differs from it in ${differing.join(', ')}: servers that work together have the same program and the same config.yaml. Make them alike; to change it for all, stop all of them first.`,
    );
}
