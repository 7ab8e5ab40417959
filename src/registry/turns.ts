/** Work of this process one after another, in the order it came. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  take<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const own = this.#last.then(work);
    this.#last = own
      .catch(() => {})
      .finally(() => {
        this.#waiting -= 1;
      });
    return own;
  }
}

/** A turn for each name. */
export class Turns {
  readonly #byName = new Map<string, InTurn>();

  of(name: string): InTurn {
    const known = this.#byName.get(name) ?? new InTurn();
    this.#byName.set(name, known);
    return known;
  }
}
