import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { UnavailableError } from '../base/errors.ts';
import { boundText, literal } from './bound.ts';
import {
  csvSettings,
  formatSettings,
  killStatement,
  nothingUnderWay,
  type Settings,
  settingsOf,
  statementsUnder,
} from './caps.ts';
import { createFactsTable } from './facts.ts';
import { faultOf } from './faults.ts';
import { Labels, type Statement } from './labels.ts';
import { rowsOf } from './rows.ts';
import { compile, Fragment, id, join, type Layout, oneServer, sql } from './sql.ts';
import type { Caps, FactsTable, Holder, OnParts, Payload, Row, UnderWay, Warehouse } from './warehouse.ts';

/** What one statement is sent with. */
interface Request {
  readonly query: string;
  readonly query_params: Record<string, unknown>;
  readonly clickhouse_settings: Settings;
  readonly session_id?: string;
}

const LONGEST_VALUE = 131_072;
const LONGEST_CHARACTER = 3;
const LONGEST_STATEMENT = 1 << 30;

/** Whole answers: the server sends nothing before it knows that the statement ends well. */
const WHOLE: Settings = { wait_end_of_query: 1 };

/** What a server needs as one of a cluster. */
export interface ServerOptions {
  /** Settings of every statement, beside those that its caps make. */
  readonly settings?: (caps: Caps | undefined) => Settings;
  /** How tables are called here. */
  readonly layout?: Layout;
}

/** A ClickHouse server over HTTP, alone or as one of a cluster. `url` is `http://user:password@host:port/database`. */
export class ServerWarehouse implements Warehouse {
  readonly kind = 'server';
  readonly #client: ClickHouseClient;
  /** A connection that never waits for a question: it stops the others, and tells how far they are. */
  readonly #spare: ClickHouseClient;
  readonly #url: URL;
  readonly #settings: (caps: Caps | undefined) => Settings;
  readonly #layout: Layout;
  readonly #labels = new Labels();

  constructor(url: string, { settings = () => ({}), layout = oneServer }: ServerOptions = {}) {
    this.#url = new URL(url);
    this.#settings = settings;
    this.#layout = layout;
    this.#client = connect(url, 8);
    this.#spare = connect(url, 1);
  }

  get hostname(): string {
    return this.#url.hostname;
  }

  get url(): string {
    return this.#url.href;
  }

  /** Where it answers, without user and password. */
  get host(): string {
    return this.#url.host;
  }

  get holders(): readonly Holder[] {
    return [this];
  }

  async rows<R extends Row = Row>(question: Fragment, caps?: Caps): Promise<R[]> {
    return this.#whole(question, caps, async (request) => {
      const answer = await this.#client.query({ ...request, format: 'JSONEachRow' });
      return (await answer.json()) as R[];
    });
  }

  async *stream<R extends Row = Row>(question: Fragment, caps?: Caps): AsyncIterable<R> {
    const request = this.#request(question, caps);
    const statement = this.#labels.begin(caps?.label);
    try {
      const bound = await this.#bound(request);
      const { stream } = await this.#client.exec({ ...bound, query: `${bound.query}\nFORMAT JSONEachRow` });
      statement.hold(() => stream.destroy());
      for await (const rows of rowsOf<R>(stream)) yield* rows;
      statement.check();
    } catch (error) {
      throw this.#fault(error, request.query, statement);
    } finally {
      statement.end();
    }
  }

  async bytes(question: Fragment, caps?: Caps): Promise<Uint8Array> {
    return this.#whole(question, caps, async (request) => {
      const answer = await this.#client.exec({ ...request, query: `${request.query} FORMAT RowBinary` });
      const chunks: Buffer[] = [];
      for await (const chunk of answer.stream) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    });
  }

  async run(statement: Fragment, caps?: Caps): Promise<void> {
    await this.#whole(statement, caps, (request) => this.#client.command(request));
  }

  async insert(payload: Payload, caps?: Caps): Promise<void> {
    const into = sql`INSERT INTO ${id(payload.table)} (${join(payload.columns.map(id), ', ')})`;
    const { through } = payload;
    const statement = through ? sql`${into} ${through.select(new Fragment([`input('${through.structure}')`]))}` : into;
    await this.#whole(statement, caps, async (request) => {
      const answer = await this.#client.exec({
        ...request,
        query: `${request.query} FORMAT ${payload.format}`,
        values: Readable.from([payload.bytes], { objectMode: false }),
        clickhouse_settings: { ...request.clickhouse_settings, ...csvSettings(payload) },
      });
      answer.stream.resume();
      await once(answer.stream, 'end');
    });
  }

  async createFacts(table: FactsTable): Promise<void> {
    await this.run(createFactsTable(table));
  }

  async everywhere(statement: Fragment, caps?: Caps): Promise<void> {
    await this.run(statement, caps);
  }

  async onParts(table: string, statement: (part: Fragment) => Fragment, { caps }: OnParts = {}): Promise<void> {
    await this.run(statement(id(table)), caps);
  }

  async underWay(label: string): Promise<UnderWay> {
    const request = this.#request(statementsUnder(label), undefined, WHOLE);
    try {
      const answer = await this.#spare.query({ ...request, format: 'JSONEachRow' });
      const [row] = (await answer.json()) as UnderWay[];
      return row ?? nothingUnderWay;
    } catch (error) {
      throw this.#fault(error, request.query);
    }
  }

  async cancel(label: string): Promise<void> {
    if (label === '') return;
    const request = this.#request(killStatement(label), undefined, WHOLE);
    await this.#labels.cancel(label, async () => {
      await this.#spare.command(request).catch((error: unknown) => {
        throw this.#fault(error, request.query);
      });
    });
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.#spare.close();
  }

  /** Note: bound values travel with the statement, so the server's query log stays off for ours. */
  #request(question: Fragment, caps: Caps | undefined, settings: Settings = {}): Request {
    const { text, params } = compile(question, this.#layout);
    return {
      query: text,
      query_params: { ...params },
      clickhouse_settings: {
        ...formatSettings,
        ...settingsOf(caps),
        ...this.#settings(caps),
        ...settings,
        log_queries: 0,
      },
    };
  }

  async #whole<T>(question: Fragment, caps: Caps | undefined, work: (request: Request) => Promise<T>): Promise<T> {
    const request = this.#request(question, caps, WHOLE);
    const statement = this.#labels.begin(caps?.label);
    try {
      return await work(await this.#bound(request));
    } catch (error) {
      throw this.#fault(error, request.query, statement);
    } finally {
      statement.end();
    }
  }

  /** Note: a server takes a bound value of 128 KiB at most with a statement; a longer one is set in a session of its own. */
  async #bound(request: Request): Promise<Request> {
    const texts = Object.entries(request.query_params).map(([name, value]) => [name, boundText(value)] as const);
    if (texts.every(([, text]) => text.length * LONGEST_CHARACTER < LONGEST_VALUE)) return request;
    const session_id = randomUUID();
    await this.#client.command({
      query: `SET ${texts.map(([name, text]) => `param_${name} = ${literal(text)}`).join(', ')}`,
      session_id,
      clickhouse_settings: { max_query_size: String(LONGEST_STATEMENT), log_queries: 0 },
    });
    return { ...request, query_params: {}, session_id };
  }

  #fault(error: unknown, text: string, statement?: Statement): unknown {
    statement?.check();
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

function connect(url: string, connections: number): ClickHouseClient {
  return createClient({
    url,
    request_timeout: 900_000,
    max_open_connections: connections,
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
  });
}
