import { InputError, UnavailableError } from '../../base/errors.ts';
import { cancelledFault } from '../../warehouse/labels.ts';

/** What a work asks for; it is known by this object for as long as it waits or goes on. */
export interface Wanted {
  /** Who asks: those who ask take turns. */
  readonly asker: string;
  /** Bytes of memory it may take. */
  readonly memory: number;
  /** Seconds it is thought to take. */
  readonly seconds: number;
}

/** How a work stands: `place` 1 begins next; `seconds` is how long it goes on, or is thought to wait yet. */
export type Standing =
  | { readonly state: 'waiting'; readonly place: number; readonly seconds: number }
  | { readonly state: 'running'; readonly seconds: number };

/** What there is to be shared. */
export interface Room {
  /** Works that go on at once. */
  readonly slots: number;
  /** Bytes that works which go on at once may take together. */
  readonly memory: number;
  readonly mostWaiting: number;
  /** Milliseconds of any clock that does not go back. */
  clock(): number;
}

interface Waiting {
  readonly wanted: Wanted;
  begin(): void;
}

/** Times that others go before a work that does not fit yet; then all wait for it. */
const MOST_PASSED = 8;
/** Seconds that a work which has gone on for longer than was thought is taken to go on yet. */
const LITTLE = 1;

/**
 * Lets works go on as slots and memory allow. Those who ask take turns, whoever has asked how much; of one who asks, who
 * came first goes first. A work that does not fit yet lets lighter ones pass, a few times.
 */
export class Turns {
  readonly #room: Room;
  /** By asker, whose turn is next first. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #going = new Map<Wanted, number>();
  #passed = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** How many works go on and wait, and the bytes given to those that go on. */
  get load(): { readonly running: number; readonly waiting: number; readonly memory: number } {
    return { running: this.#going.size, waiting: this.#count(), memory: this.#given() };
  }

  /** Does a work when its turn has come; `signal` takes it out of the queue, and is the work's own matter once it goes on. */
  async take<T>(wanted: Wanted, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#check(wanted);
    await this.#turn(wanted, signal);
    try {
      return await work();
    } finally {
      this.#going.delete(wanted);
      this.#admit();
    }
  }

  /** Undefined for a work that neither waits nor goes on. */
  standing(wanted: Wanted): Standing | undefined {
    const since = this.#going.get(wanted);
    if (since !== undefined) return { state: 'running', seconds: this.#since(since) };
    const order = this.#order();
    const index = order.indexOf(wanted);
    if (index < 0) return undefined;
    return { state: 'waiting', place: index + 1, seconds: this.#waitBefore(order.slice(0, index)) };
  }

  #check({ memory }: Wanted): void {
    if (memory > this.#room.memory)
      throw new InputError(
        'query_memory',
        `The question may take ${megabytes(memory)} MB of memory, and all questions together have ${megabytes(this.#room.memory)}: narrow its dates or scope, or raise query_memory in config.yaml.`,
      );
    if (this.#count() >= this.#room.mostWaiting)
      throw new UnavailableError(
        'busy',
        `${this.#room.mostWaiting} questions are waiting to be answered already: ask again in a few seconds.`,
      );
  }

  #turn(wanted: Wanted, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelledFault());
      const leave = () => {
        this.#remove(wanted);
        reject(cancelledFault());
        this.#admit();
      };
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      const { asker } = wanted;
      this.#waiting.set(asker, [...(this.#waiting.get(asker) ?? []), { wanted, begin }]);
      this.#admit();
    });
  }

  #admit(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      this.#remove(next.wanted);
      this.#pass(next.wanted.asker);
      this.#going.set(next.wanted, this.#room.clock());
      next.begin();
    }
  }

  /** Who begins now; undefined while there is no slot, or no room in memory. */
  #next(): Waiting | undefined {
    if (this.#going.size >= this.#room.slots) return undefined;
    const free = this.#room.memory - this.#given();
    const heads = [...this.#waiting.values()].flatMap((own) => own.slice(0, 1));
    const [first] = heads;
    if (!first || first.wanted.memory <= free) {
      this.#passed = 0;
      return first;
    }
    if (this.#passed >= MOST_PASSED) return undefined;
    const lighter = heads.find(({ wanted }) => wanted.memory <= free);
    if (lighter) this.#passed += 1;
    return lighter;
  }

  /** Puts who has had a turn behind the others. */
  #pass(asker: string): void {
    const own = this.#waiting.get(asker);
    if (!own) return;
    this.#waiting.delete(asker);
    this.#waiting.set(asker, own);
  }

  #remove(wanted: Wanted): void {
    const own = (this.#waiting.get(wanted.asker) ?? []).filter((each) => each.wanted !== wanted);
    if (own.length > 0) this.#waiting.set(wanted.asker, own);
    else this.#waiting.delete(wanted.asker);
  }

  /** Those who wait in the order of their turns, as if all of them fitted. */
  #order(): Wanted[] {
    const queues = [...this.#waiting.values()];
    const rounds = Math.max(0, ...queues.map((own) => own.length));
    return Array.from({ length: rounds }, (_, round) =>
      queues.flatMap((own) => own.slice(round, round + 1).map(({ wanted }) => wanted)),
    ).flat();
  }

  /** Seconds until a slot is free for who comes after these. */
  #waitBefore(before: readonly Wanted[]): number {
    const free = [...this.#going].map(([{ seconds }, since]) => Math.max(LITTLE, seconds - this.#since(since)));
    while (free.length < this.#room.slots) free.push(0);
    const soonest = () => free.indexOf(Math.min(...free));
    for (const { seconds } of before) {
      const slot = soonest();
      free[slot] = (free[slot] ?? 0) + seconds;
    }
    return Math.min(...free);
  }

  #count(): number {
    let all = 0;
    for (const own of this.#waiting.values()) all += own.length;
    return all;
  }

  #given(): number {
    let all = 0;
    for (const { memory } of this.#going.keys()) all += memory;
    return all;
  }

  #since(moment: number): number {
    return (this.#room.clock() - moment) / 1000;
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);
