/** Work that follows changes, one run at a time. */
export interface FollowUp {
  /** Something has changed: there is a run after it, soon. */
  changed(): void;
  /** No further run begins, and the one under way learns that it is overtaken. */
  stop(): void;
}

/**
 * Does the same work after each change; of changes that come during a run only the last has a run of its own. Note: what
 * goes wrong here goes wrong again for whoever asks, and is told there.
 */
export function followUp(work: (isOvertaken: () => boolean) => Promise<void>): FollowUp {
  let changes = 0;
  let running = Promise.resolve();
  const stop = () => {
    changes += 1;
  };
  const changed = () => {
    stop();
    const change = changes;
    const isOvertaken = () => change !== changes;
    running = running.then(() => (isOvertaken() ? undefined : work(isOvertaken))).catch(() => {});
  };
  return { changed, stop };
}
