import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableError } from '../../base/errors.ts';
import { faultText } from '../../base/faultText.ts';
import type { Segment } from '../../collector/log/segment.ts';

/** Milliseconds in which events gather before they are taken in together: taking in costs most by the time, not by the event. */
const GATHER_MS = 1500;
/** Milliseconds between attempts while taking in fails: the engine is being restarted, or the disk is full. */
const RETRY_MS = [500, 1000, 2000, 5000, 10_000] as const;

/** Failures in a row, none for want of the engine or of room, after which a run is put aside. */
const MOST_FAILURES = 8;

/** The log as the taker sees it. */
export interface Tail {
  /** Ends the run that is being written, if it has anything. */
  seal(): Promise<void>;
  /** Closed runs, oldest first. */
  sealed(): readonly Segment[];
}

export interface TakerOptions {
  /** Takes the oldest runs in, whose events were all received by a moment (ISO). */
  drain(segments: readonly Segment[], until: string): Promise<unknown>;
  /** Puts the oldest runs aside, which fail again and again though nothing is away. */
  setAside(segments: readonly Segment[]): Promise<readonly string[]>;
  now(): Date;
  log(line: string): void;
  /** For tests: in place of waiting. */
  wait?(ms: number, signal: AbortSignal): Promise<void>;
}

/** Takes what the log holds in, whenever it holds something, and tries again for ever where that fails. */
export class Taker {
  readonly #tail: Tail;
  readonly #options: TakerOptions;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #more = false;
  /** Ends the gathering under way. */
  #gathering = new AbortController();
  #awaited = 0;

  constructor(tail: Tail, options: TakerOptions) {
    this.#tail = tail;
    this.#options = options;
  }

  /** Says that the log holds something. */
  kick(): void {
    this.#more = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#more && !this.#stop.signal.aborted) this.kick();
    });
  }

  /** Resolves when all that the log holds now is taken in; nothing gathers while somebody waits. */
  async settled(): Promise<void> {
    this.#awaited += 1;
    this.kick();
    this.#gathering.abort();
    try {
      while (this.#running) await this.#running;
    } finally {
      this.#awaited -= 1;
    }
  }

  /** Ends after the run under way; what is left is taken in when the home is served again. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    let faults = 0;
    while (!this.#stop.signal.aborted) {
      if (this.#tail.sealed().length === 0) {
        if (!this.#more) return;
        await this.#gather();
        this.#more = false;
      }
      try {
        const until = this.#options.now().toISOString();
        await this.#tail.seal();
        const segments = this.#tail.sealed();
        if (segments.length === 0) return;
        await this.#options.drain(segments, until);
        failures = 0;
        faults = 0;
        this.#more = true; // what came meanwhile
      } catch (error) {
        this.#options.log(`error live ${faultText(error)}`);
        if (!(error instanceof UnavailableError)) faults += 1;
        await this.#wait(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0);
        failures += 1;
        this.#more = true;
        if (faults >= MOST_FAILURES && (await this.#setAside())) faults = 0;
      }
    }
  }

  async #gather(): Promise<void> {
    if (this.#awaited > 0) return;
    this.#gathering = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, this.#gathering.signal]);
    await this.#pause(GATHER_MS, signal);
  }

  /** Whether what fails again and again is out of the way. */
  async #setAside(): Promise<boolean> {
    try {
      const files = await this.#options.setAside(this.#tail.sealed());
      this.#options.log(`error live could not take in ${files.join(' ')}: see the faults above`);
      return true;
    } catch (error) {
      this.#options.log(`error live ${faultText(error)}`);
      return false;
    }
  }

  async #wait(ms: number): Promise<void> {
    await this.#pause(ms, this.#stop.signal);
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const wait = this.#options.wait ?? ((time) => pause(time, undefined, { signal }));
    await wait(ms, signal).catch(() => {});
  }
}
