import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Dice } from './dice.ts';

/** What a bad network does to one request, and how often of a hundred. */
const harms = {
  pass: 45,
  /** Lost on its way there. */
  dropBefore: 10,
  /** The answer is lost: the client cannot know that it was taken. */
  dropAfter: 12,
  /** Two at once. */
  double: 10,
  /** The same again after its answer. */
  again: 5,
  /** Up to 300 ms late, so that later ones overtake it. */
  delay: 10,
  busy: 4,
  /** Half of the body arrives. */
  cut: 4,
} as const;
type Harm = keyof typeof harms;

interface Whole {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A bad network between clients and one server: `http://127.0.0.1:<port>` leads to whatever port `upstream` is. */
export class ChaosProxy {
  upstream = 0;
  /** A good network from now on. */
  calm = false;
  /** How often each harm was done. */
  readonly done: Record<Harm, number> = {
    pass: 0,
    dropBefore: 0,
    dropAfter: 0,
    double: 0,
    again: 0,
    delay: 0,
    busy: 0,
    cut: 0,
  };
  /** Answers of the server, by status. */
  readonly answers = new Map<number, number>();
  readonly #dice: Dice;
  readonly #server = createServer((asked, reply) => void this.#serve(asked, reply).catch(() => reply.destroy()));

  constructor(seed: number) {
    this.#dice = new Dice(seed);
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part as Buffer);
    const { method = 'GET', url: path = '/', headers } = asked;
    const harm = this.calm ? 'pass' : this.#dice.pick(harms);
    this.done[harm] += 1;
    const answer = await this.#harmed(harm, { method, path, headers, body: Buffer.concat(parts) });
    if (!answer) return void reply.destroy();
    reply.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length }).end(answer.body);
  }

  /** What the client hears; undefined where its connection breaks. */
  async #harmed(harm: Harm, whole: Whole): Promise<Answer | undefined> {
    switch (harm) {
      case 'dropBefore':
        return undefined;
      case 'busy':
        return { status: 503, headers: { 'retry-after': '1' }, body: Buffer.from('busy') };
      case 'cut':
        await this.#forward({ ...whole, body: whole.body.subarray(0, whole.body.length / 2) }, whole.body.length);
        return undefined;
      case 'dropAfter':
        await this.#forward(whole);
        return undefined;
      case 'double':
        return (await Promise.all([this.#forward(whole), this.#forward(whole)]))[0];
      case 'again':
        await this.#forward(whole);
        return this.#forward(whole);
      case 'delay':
        await pause(this.#dice.between(0, 300));
        return this.#forward(whole);
      case 'pass':
        return this.#forward(whole);
    }
  }

  /** The server's answer; undefined where it gives none. More bytes announced than there are: the connection breaks there. */
  #forward({ method, path, headers, body }: Whole, announced = body.length): Promise<Answer | undefined> {
    const { 'transfer-encoding': _, ...kept } = headers;
    const options = { host: '127.0.0.1', port: this.upstream, method, path, agent: false, timeout: 20_000 };
    return new Promise((resolve) => {
      const sent = request({ ...options, headers: { ...kept, connection: 'close', 'content-length': announced } });
      sent.once('error', () => resolve(undefined));
      sent.once('timeout', () => sent.destroy(new Error('silent')));
      sent.once('response', (response) => resolve(this.#read(response)));
      if (announced === body.length) sent.end(body);
      else sent.write(body, () => sent.destroy(new Error('cut')));
    });
  }

  async #read(response: IncomingMessage): Promise<Answer | undefined> {
    try {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      const { 'transfer-encoding': _, connection: __, ...headers } = response.headers;
      const status = response.statusCode ?? 502;
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      return { status, headers, body: Buffer.concat(parts) };
    } catch {
      return undefined;
    }
  }
}
