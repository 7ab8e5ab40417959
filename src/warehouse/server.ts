import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { UnavailableError } from '../base/errors.ts';
import { csvSettings, formatSettings, killStatement, settingsOf } from './caps.ts';
import { faultOf } from './faults.ts';
import { compile, Fragment, id, join, sql } from './sql.ts';
import type { Caps, Payload, Row, Warehouse } from './warehouse.ts';

/** A ClickHouse server over HTTP. `url` is `http://user:password@host:port/database`. */
export class ServerWarehouse implements Warehouse {
  readonly kind = 'server';
  readonly #client: ClickHouseClient;
  readonly #url: URL;

  constructor(url: string) {
    this.#url = new URL(url);
    this.#client = createClient({ url, request_timeout: 900_000, max_open_connections: 8 });
  }

  async rows<R extends Row = Row>(question: Fragment, caps?: Caps): Promise<R[]> {
    return this.#guard(question, async (text, query_params) => {
      const answer = await this.#client.query({
        query: text,
        query_params,
        format: 'JSONEachRow',
        clickhouse_settings: settings(caps),
      });
      return (await answer.json()) as R[];
    });
  }

  async *stream<R extends Row = Row>(question: Fragment, caps?: Caps): AsyncIterable<R> {
    const answer = await this.#guard(question, (text, query_params) =>
      this.#client.query({
        query: text,
        query_params,
        format: 'JSONEachRow',
        clickhouse_settings: settings(caps),
      }),
    );
    for await (const rows of answer.stream()) for (const row of rows) yield row.json() as R;
  }

  async bytes(question: Fragment, caps?: Caps): Promise<Uint8Array> {
    return this.#guard(question, async (text, query_params) => {
      const answer = await this.#client.exec({
        query: `${text} FORMAT RowBinary`,
        query_params,
        clickhouse_settings: settings(caps),
      });
      const chunks: Buffer[] = [];
      for await (const chunk of answer.stream) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    });
  }

  async run(statement: Fragment, caps?: Caps): Promise<void> {
    await this.#guard(statement, (text, query_params) =>
      this.#client.command({ query: text, query_params, clickhouse_settings: settings(caps) }),
    );
  }

  async insert(payload: Payload, caps?: Caps): Promise<void> {
    const into = sql`INSERT INTO ${id(payload.table)} (${join(payload.columns.map(id), ', ')})`;
    const { through } = payload;
    const statement = through ? sql`${into} ${through.select(new Fragment([`input('${through.structure}')`]))}` : into;
    await this.#guard(statement, async (text, query_params) => {
      const answer = await this.#client.exec({
        query: `${text} FORMAT ${payload.format}`,
        query_params,
        values: Readable.from([payload.bytes], { objectMode: false }),
        clickhouse_settings: { ...settings(caps), ...csvSettings(payload) },
      });
      answer.stream.resume();
      await new Promise((resolve, reject) => answer.stream.once('end', resolve).once('error', reject));
    });
  }

  async cancel(label: string): Promise<void> {
    await this.run(killStatement(label));
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #guard<T>(
    statement: Fragment,
    work: (text: string, params: Record<string, unknown>) => Promise<T>,
  ): Promise<T> {
    const { text, params } = compile(statement);
    try {
      return await work(text, { ...params });
    } catch (error) {
      throw this.#fault(error, text);
    }
  }

  #fault(error: unknown, text: string): Error {
    const message = error instanceof Error ? error.message : String(error);
    const code = (error as { code?: string }).code;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ECONNRESET')
      return new UnavailableError(
        'warehouse_unreachable',
        `No ClickHouse server answers at ${this.#url.host}: start it, or correct QIANCHENG_CLICKHOUSE_URL.`,
        { cause: error },
      );
    return faultOf(message, code && /^\d+$/.test(code) ? Number(code) : undefined, text);
  }
}

/** Secrets travel as bound values, so the server's query log stays off for our statements. */
function settings(caps: Caps | undefined): Record<string, string | number> {
  return { ...formatSettings, ...settingsOf(caps), log_queries: 0 };
}
