/** Milliseconds for which changes that go on and on gather: each run of what follows them looks at all audiences. */
const PAUSE_MS = 300_000;

/** Work that follows changes, one run at a time. */
export interface FollowUp {
  /** Something has changed: there is a run after it, soon. */
  changed(): void;
  /** Something changes a little, as it does all the time: there is a run after it, once the pause is over. */
  changing(): void;
  /** No further run begins, and the one under way learns that it is overtaken. */
  stop(): void;
}

/**
 * Does the same work after each change; of changes that come during a run only the last has a run of its own. Note: what
 * goes wrong here goes wrong again for whoever asks, and is told there.
 */
export function followUp(work: (isOvertaken: () => boolean) => Promise<void>, pauseMs = PAUSE_MS): FollowUp {
  let changes = 0;
  let running = Promise.resolve();
  let pause: NodeJS.Timeout | undefined;
  let isStopped = false;
  const overtake = () => {
    changes += 1;
    clearTimeout(pause);
    pause = undefined;
  };
  const changed = () => {
    if (isStopped) return;
    overtake();
    const change = changes;
    const isOvertaken = () => change !== changes;
    running = running.then(() => (isOvertaken() ? undefined : work(isOvertaken))).catch(() => {});
  };
  const changing = () => {
    if (!isStopped) pause ??= setTimeout(changed, pauseMs).unref();
  };
  const stop = () => {
    overtake();
    isStopped = true;
  };
  return { changed, changing, stop };
}
