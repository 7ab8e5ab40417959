import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { LiveState } from '../../api/live.ts';
import { openDoor } from '../../collector/door/door.ts';
import { openLog } from '../../collector/log/log.ts';
import { protocols } from '../../collector/protocols.ts';
import { words } from '../../collector/vocabulary.ts';
import { wordKey } from '../../collector/words.ts';
import type { Product } from '../product.ts';
import { minutesSince } from './counts.ts';
import { drain, setAside } from './drain.ts';
import { KeyBook } from './keyBook.ts';
import { Recent } from './recent.ts';
import { addSource, changeSource, type LiveSource, renewKey, type SourceChange, sourcesIn } from './sources.ts';
import { Taker } from './taker.ts';
import { Translator } from './translator.ts';

/** The collector of one served home: events come in at its door and are among the facts a moment later. */
export interface Live {
  /** Answers a request to the collector; false, and nothing touched, where the address is not the collector's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  sources(): Promise<readonly LiveSource[]>;
  add(name: string, by: string): Promise<{ name: string; key: string }>;
  change(name: string, change: SourceChange, by: string): Promise<void>;
  renew(name: string, by: string): Promise<{ name: string; key: string }>;
  state(): Promise<LiveState>;
  /** Resolves when every event answered so far is among the facts. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

const HOUR_MS = 3_600_000;

export async function openLive({ installation }: Product, { now, log: tell }: LiveOptions): Promise<Live> {
  const { context, home } = installation;
  const { registry } = context;
  const keys = new KeyBook(registry);
  await keys.refresh();
  const log = await openLog(join(home.dir, 'live'), { onDamage: (what) => tell(`error live ${what}`) });
  const recent = new Recent();
  const translator = new Translator();
  const options = {
    words: { ...words, ...ownWords(home.config.events) },
    translate: translator.translate.bind(translator),
    seen: recent.add.bind(recent),
  };
  const taker = new Taker(log, {
    drain: (segments, until) => drain(context, segments, { ...options, until }),
    setAside: (segments) => setAside(context, segments),
    now,
    log: tell,
  });
  const door = openDoor({ protocols, keys, log, now, onTaken: () => taker.kick(), tell });
  taker.kick();
  const changed = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    await keys.refresh();
    return result;
  };
  return {
    handle: door.handle,
    sources: () => sourcesIn(registry),
    add: (name, by) => changed(addSource(registry, name, by, now())),
    change: (name, change, by) => changed(changeSource(registry, name, change, by)),
    renew: (name, by) => changed(renewKey(registry, name, by)),
    settled: () => taker.settled(),
    state: async () => {
      const { segments, bytes, oldest } = log.waiting;
      const moment = oldest === undefined ? null : new Date(oldest).toISOString();
      return {
        waiting: { segments, bytes, oldest: moment },
        as_of: moment ?? now().toISOString(),
        refused: door.refused(),
        minutes: await minutesSince(registry, new Date(now().getTime() - HOUR_MS)),
        recent: [...recent.list()],
      };
    },
    close: async () => {
      await door.close();
      await taker.close();
      await translator.close();
      await log.close();
    },
  };
}

/** The workspace's own events, beside those that everybody's clients send. */
function ownWords(events: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(events).map(([name, behavior]) => [wordKey(name), { behavior }]));
}
