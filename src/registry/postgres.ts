import { type ClientBase, Pool } from 'pg';
import { InputError } from '../base/errors.ts';
import type { Driver, Send } from './driver.ts';
import { registryFault } from './faults.ts';
import { readerOf } from './values.ts';

const connections = 8;
const connectMs = 10_000;

/** Where the server stands, in words that hold no password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url))
    throw new InputError(
      'postgres_url',
      'postgres_url cannot be read as a URL. Write it as postgresql://user:password@host:5432/database.',
    );
  const { host, hostname, searchParams, pathname } = new URL(url);
  return `PostgreSQL at ${host || searchParams.get('host') || hostname || 'localhost'}${pathname}`;
}

function sendBy(client: Pick<ClientBase, 'query'>, place: string): Send {
  return async (text, values) => {
    // Note: 'extended' refuses two statements in one text, as the embedded registry does.
    const statement = { text, values: [...values], queryMode: 'extended' };
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } catch (error) {
      throw registryFault(error, place);
    }
  };
}

function poolOf(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    application_name: 'qiancheng',
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: { getTypeParser: readerOf },
  });
  // A connection lost while idle is replaced by the pool; the statement that finds no server reports it.
  pool.on('error', () => {});
  return pool;
}

async function commit(client: ClientBase): Promise<void> {
  const { command } = await client.query('commit');
  // PostgreSQL answers the commit of a transaction in which a statement failed with a rollback, without an error.
  if (command === 'ROLLBACK') throw new Error('The transaction was rolled back: a statement in it had failed.');
}

function beginOn(pool: Pool, place: string): Driver['begin'] {
  return async (work) => {
    const client = await pool.connect().catch((error) => {
      throw registryFault(error, place);
    });
    let broken = false;
    // Without a listener, a connection lost between two statements would end the process.
    const lose = () => {
      broken = true;
    };
    client.on('error', lose);
    try {
      await client.query('begin');
      const result = await work(sendBy(client, place));
      await commit(client);
      return result;
    } catch (error) {
      await client.query('rollback').catch(lose);
      throw registryFault(error, place);
    } finally {
      client.off('error', lose);
      client.release(broken);
    }
  };
}

/** PostgreSQL over the network; `url` is `postgresql://user:password@host:port/database`. */
export function postgresDriver(url: string): Driver {
  const place = placeOf(url);
  const pool = poolOf(url);
  let closing: Promise<void> | undefined;
  return {
    kind: 'server',
    send: sendBy(pool, place),
    begin: beginOn(pool, place),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}
