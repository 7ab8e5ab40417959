import type { Job } from '../../api/jobs.ts';

const LOOK_MS = 1000;

/** Where jobs of other servers are looked up, and who is told. */
export interface Lookout {
  /** Jobs that somebody here listens to and that do not run here. */
  awaited(): readonly number[];
  get(id: number): Promise<Job>;
  tell(job: Job): void;
  /** Takes up work that waits, if it is for this server. */
  goOn(): void;
  log(what: string, error: unknown): void;
}

/** Looks, once a second and when there is news, at what other servers have asked for, and at how far they are. */
export class Elsewhere {
  readonly #lookout: Lookout;
  readonly #told = new Map<number, string>();
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> = Promise.resolve();
  #isLooking = false;
  #again = false;
  #isFailing = false;

  constructor(lookout: Lookout) {
    this.#lookout = lookout;
    this.#timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  look(): void {
    if (this.#isLooking) this.#again = true;
    else this.#looking = this.#lookWhileNews();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #lookWhileNews(): Promise<void> {
    this.#isLooking = true;
    do {
      this.#again = false;
      await this.#look();
    } while (this.#again);
    this.#isLooking = false;
  }

  async #look(): Promise<void> {
    const { awaited, get, tell, goOn, log } = this.#lookout;
    try {
      goOn();
      const ids = awaited();
      for (const id of this.#told.keys()) if (!ids.includes(id)) this.#told.delete(id);
      for (const id of ids) {
        const job = await get(id);
        const text = JSON.stringify(job);
        if (this.#told.get(id) !== text) tell(job);
        this.#told.set(id, text);
      }
      this.#isFailing = false;
    } catch (error) {
      // Note: while the registry is away every look fails; one of them tells.
      if (!this.#isFailing) log('jobs of other servers', error);
      this.#isFailing = true;
    }
  }
}
