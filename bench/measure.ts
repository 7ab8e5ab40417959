import { execFileSync, fork } from 'node:child_process';
import { PeakMemory } from './memory.ts';
import type { Message } from './sampled.ts';
import type { Done, Measured, Plan } from './work.ts';

const SAMPLE_MS = 200;

/** Runs a side in a process of its own and watches its memory. */
export async function measure(side: string, plan: Plan): Promise<Measured> {
  settleDisk();
  const child = fork(new URL('./child.ts', import.meta.url), [side, JSON.stringify(plan)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const memory = new PeakMemory(child.pid ?? 0);
  const timer = setInterval(() => memory.sample(), SAMPLE_MS);
  try {
    const done = await new Promise<Done>((resolve, reject) => {
      child.on('message', (message: Message) => {
        if ('sample' in message) {
          memory.sample();
          child.send('sampled');
        } else if ('done' in message) resolve(message.done as Done);
        else reject(new Error(`${side}: ${message.failed}`));
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`${side} ended early: ${signal ?? `exit code ${code}`}`)));
    });
    return { ...done, peakMb: memory.mb };
  } finally {
    clearInterval(timer);
    if (child.exitCode === null && child.signalCode === null) await new Promise((ended) => child.once('exit', ended));
  }
}

/** What the side before has written is on disk, so that this one does not pay for it. */
function settleDisk(): void {
  try {
    execFileSync('sync');
  } catch {}
}
