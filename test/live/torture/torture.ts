import { Fleet } from './fleet.ts';
import { kill, type Victim } from './killer.ts';
import { ChaosProxy } from './proxy.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

export interface TortureOptions {
  readonly events: number;
  readonly kills: number;
  readonly seed: number;
  /** Clients of each kind. */
  readonly each: number;
  /** Milliseconds that the server lives at most between two kills. */
  readonly longest: number;
  readonly tell?: (line: string) => void;
}

export interface TortureReport {
  readonly told: readonly Told[];
  readonly kills: Readonly<Record<Victim, number>>;
  /** Harms the network did, and the server's answers by status. */
  readonly harms: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
}

/** Real clients send events over a bad network to a server whose processes are killed, until all are delivered. */
export async function torture(scene: Scene, options: TortureOptions): Promise<TortureReport> {
  const { events, kills, seed, each, longest, tell = () => {} } = options;
  const proxy = await new ChaosProxy(seed).open();
  try {
    const fleet = new Fleet({ url: proxy.url, keys: scene.keys, events, each, seed: seed + 1 });
    fleet.allowed = 1 / (kills + 1);
    proxy.upstream = scene.serving.port;
    const sending = fleet.run();
    const after = (done: number) => {
      fleet.allowed = (done + 1) / (kills + 1);
      tell(`${done} kills, ${fleet.deliveredCount} of ${events} delivered`);
    };
    const killed = await kill(scene.serving, proxy, { kills, seed: seed + 2, longest, after });
    proxy.calm = true;
    await sending;
    return { told: fleet.told, kills: killed, harms: proxy.done, answers: Object.fromEntries(proxy.answers) };
  } finally {
    await proxy.close();
  }
}
