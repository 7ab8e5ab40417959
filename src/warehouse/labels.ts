import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableError } from '../base/errors.ts';

const AGAIN_MS = 50;

/** One statement from its start to its end. */
export class Statement {
  /** Whether the engine works on it, or may start to: false while a reader holds back the rest of a stream. */
  active = true;
  #cancelled = false;
  #drop = () => {};
  readonly #leave: (statement: Statement) => void;

  constructor(leave: (statement: Statement) => void) {
    this.#leave = leave;
  }

  /** Refuses to go on with a statement that was cancelled while the engine did not hold it. */
  check(): void {
    if (this.#cancelled) throw cancelledFault();
  }

  /** From now on a reader holds the rest back; `drop` lets go of it. Note: an engine that waits to send does not hear that it should stop. */
  hold(drop: () => void = () => {}): void {
    this.active = false;
    this.#drop = drop;
    if (this.#cancelled) drop();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#drop();
  }

  end(): void {
    this.active = false;
    this.#leave(this);
  }
}

/** The statements under way by label. An engine can only stop what has started, so one that has not yet is waited for. */
export class Labels {
  readonly #under = new Map<string, Set<Statement>>();

  begin(label: string | undefined): Statement {
    const statement = new Statement((ended) => this.#leave(label, ended));
    if (label) this.#under.set(label, (this.#under.get(label) ?? new Set()).add(statement));
    return statement;
  }

  has(label: string): boolean {
    return this.#under.has(label);
  }

  /** Asks the engine to `kill`, again while one that stood under the label is still active. */
  async cancel(label: string, kill: () => Promise<void>): Promise<void> {
    const statements = [...(this.#under.get(label) ?? [])];
    for (const statement of statements) statement.cancel();
    await kill();
    while (statements.some(({ active }) => active)) {
      await pause(AGAIN_MS);
      await kill();
    }
  }

  #leave(label: string | undefined, statement: Statement): void {
    const statements = this.#under.get(label ?? '');
    statements?.delete(statement);
    if (statements?.size === 0) this.#under.delete(label ?? '');
  }
}

export function cancelledFault(): UnavailableError {
  return new UnavailableError('query_cancelled', 'The question was cancelled.');
}
