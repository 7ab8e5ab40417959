import { setTimeout as pause } from 'node:timers/promises';
import { BATCH, type Client, type ClientName, clientNames, clients } from './clients.ts';
import { Dice } from './dice.ts';
import type { Told } from './told.ts';

export interface FleetOptions {
  readonly url: string;
  /** Write keys by source. */
  readonly keys: Readonly<Record<string, string>>;
  readonly events: number;
  /** Clients of each kind. */
  readonly each: number;
  readonly seed: number;
}

/** Many clients that send events side by side, and send again what did not arrive, until all is delivered. */
export class Fleet {
  /** Ids of all events of a source that any client began to send, and of those that a client said were delivered. */
  readonly sent: Readonly<Record<ClientName, Set<string>>>;
  readonly delivered: Readonly<Record<ClientName, Set<string>>>;
  /** Part of each client's events that may be begun by now, from 0 to 1. */
  allowed = 1;
  readonly #options: FleetOptions;
  readonly #dice: Dice;
  readonly #clients: readonly { readonly name: ClientName; readonly client: Client }[];

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#dice = new Dice(options.seed);
    const sets = () => Object.fromEntries(clientNames.map((name) => [name, new Set<string>()]));
    this.sent = sets() as Record<ClientName, Set<string>>;
    this.delivered = sets() as Record<ClientName, Set<string>>;
    this.#clients = Array.from({ length: options.each * clientNames.length }, (_, number) => {
      const name = clientNames[number % clientNames.length] ?? 'segment';
      return { name, client: clients[name]({ url: options.url, key: options.keys[name] ?? '', number: number + 1 }) };
    });
  }

  /** What the clients of each kind know of their events. */
  get told(): readonly Told[] {
    return clientNames.map((name) => ({ source: name, sent: this.sent[name], delivered: this.delivered[name] }));
  }

  get deliveredCount(): number {
    return clientNames.reduce((sum, name) => sum + this.delivered[name].size, 0);
  }

  /** Ends when every event is delivered. */
  async run(): Promise<void> {
    await Promise.all(this.#clients.map((each, nth) => this.#work(each, nth)));
    await Promise.all(this.#clients.map(({ client }) => client.close()));
  }

  async #work({ name, client }: { readonly name: ClientName; readonly client: Client }, nth: number): Promise<void> {
    const { events } = this.#options;
    const share =
      Math.floor(((nth + 1) * events) / this.#clients.length) - Math.floor((nth * events) / this.#clients.length);
    for (let begun = 0; begun < share; ) {
      while (begun >= share * this.allowed) await pause(20);
      const some = Math.min(this.#dice.between(1, BATCH + 1), share - begun);
      begun += some;
      await this.#deliver(name, client, client.make(some));
    }
  }

  async #deliver(name: ClientName, client: Client, made: readonly string[]): Promise<void> {
    for (const id of made) this.sent[name].add(id);
    for (let left = made; left.length > 0; ) {
      for (const id of await client.send(left)) this.delivered[name].add(id);
      left = left.filter((id) => !this.delivered[name].has(id));
      if (left.length > 0) await pause(50);
    }
  }
}
