/** Events a second that each source may send, with a second's worth at once; a batch that is over it is a debt. */
export class Pace {
  readonly #accounts = new Map<string, { left: number; at: number }>();

  /** Seconds until the source may send again; 0 is now. */
  wait(source: string, perSecond: number, now: number): number {
    const { left } = this.#settled(source, perSecond, now);
    return left > 0 ? 0 : Math.max(1, Math.ceil(-left / perSecond));
  }

  spend(source: string, perSecond: number, now: number, events: number): void {
    const account = this.#settled(source, perSecond, now);
    this.#accounts.set(source, { ...account, left: account.left - events });
  }

  #settled(source: string, perSecond: number, now: number): { left: number; at: number } {
    const known = this.#accounts.get(source);
    if (!known) return { left: perSecond, at: now };
    const gained = (Math.max(0, now - known.at) / 1000) * perSecond;
    return { left: Math.min(perSecond, known.left + gained), at: now };
  }
}
