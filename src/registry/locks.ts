/**
 * What servers on one registry take turns at: `gate` (facts: questions side by side, a change alone), `writer` (long work
 * that changes facts), `live` (taking live events in), `spans` (keeping stage spans), `shape` (the warehouse's tables),
 * `audiences` (keeping members of audiences), `pushes` (sending audiences to destinations),
 * `tags` (finding the values that consumers have).
 */
export const lockNames = ['gate', 'writer', 'live', 'spans', 'shape', 'audiences', 'pushes', 'tags'] as const;
export type LockName = (typeof lockNames)[number];

/** A server as the others see it. */
export interface Member {
  /** The home's own name for itself, the same after every start. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** What servers that work together must agree on. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Ends what sessions that died holding a lock had begun; it runs under that lock, before anybody else's work. */
export type Heir = (name: LockName, formers: readonly number[]) => Promise<void>;

/**
 * Which servers are there, and what each holds. All of it ends with its holder's process or connection: nothing expires.
 * Work begun under a lock that was lost meanwhile fails with `registry_lost` at its next `check`.
 */
export interface Locks {
  /** Number of this opening of the registry, which no earlier or later one has; that of the work around, if it holds anything. */
  readonly session: number;
  /** Enters among the servers; the same id a second time at once is refused. Gives the others that live. */
  join(member: Member): Promise<readonly Member[]>;
  inherit(heir: Heir): void;
  /** Sessions that live, this one among them. */
  living(): Promise<ReadonlySet<number>>;
  /** Runs when nobody has the lock; at once inside work that has it already. */
  alone<T>(name: LockName, work: () => Promise<T>): Promise<T>;
  /** The same, or undefined at once while somebody has it. */
  tryAlone<T>(name: LockName, work: () => Promise<T>): Promise<{ readonly done: T } | undefined>;
  /** Runs beside others that share the gate. Note: who waits to have it alone is let in before who comes later. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Marks a file as being taken in while `work` goes on. */
  hold<T>(file: number, work: () => Promise<T>): Promise<T>;
  /** Files that any living server takes in. */
  held(): Promise<ReadonlySet<number>>;
  /** Wakes the other servers: there is news about jobs. */
  announce(): Promise<void>;
  /** Hears what others announce. Note: while the registry is out of reach, nothing is heard. */
  listen(listener: () => void): void;
  /** Refuses when what the work around holds has been lost. */
  check(): Promise<void>;
  close(): Promise<void>;
}
