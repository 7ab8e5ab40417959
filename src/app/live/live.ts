import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { LiveState } from '../../api/live.ts';
import { faultText } from '../../base/faultText.ts';
import { openDoor } from '../../collector/door/door.ts';
import { openLog, type Waiting } from '../../collector/log/log.ts';
import { protocols } from '../../collector/protocols.ts';
import { words } from '../../collector/vocabulary.ts';
import { wordKey } from '../../collector/words.ts';
import type { Product } from '../product.ts';
import { keepBooksSmall } from './books.ts';
import { minutesSince } from './counts.ts';
import { drain, type LogMemory, setAside } from './drain.ts';
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
  /** What was answered and is not yet among the facts, and requests turned away since the start, by reason. */
  load(): { readonly waiting: Waiting; readonly refused: Readonly<Record<string, number>> };
  /** Takes no more requests: each is told to come again. Ends when those under way are answered. */
  refuse(): Promise<void>;
  /** Resolves when every event answered so far is among the facts. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly now: () => Date;
  readonly log: (line: string) => void;
  /** Told whenever events have become facts. */
  readonly took: () => void;
}

const HOUR_MS = 3_600_000;
/** How soon a source that was changed through another server is known here. */
const KEYS_MS = 5_000;

export async function openLive({ installation }: Product, { now, log: tell, took }: LiveOptions): Promise<Live> {
  const { context, home } = installation;
  const { registry } = context;
  const keys = new KeyBook(registry);
  await keys.refresh();
  const log = await openLog(join(home.dir, 'live'), { onDamage: (what) => tell(`error live ${what}`) });
  const recent = new Recent();
  const translator = new Translator();
  const options = {
    words: { ...words, ...ownWords(home.config.events) },
    memory: memoryOf(installation),
    translate: translator.translate.bind(translator),
    seen: recent.add.bind(recent),
  };
  const taker = new Taker(log, {
    // Note: what two servers take in at once would meet in the same imports and counts.
    drain: (segments, until) =>
      registry.locks.alone('live', async () => {
        await drain(context, segments, { ...options, until });
        took();
        // Note: books that stay long are no reason to take events in again.
        await keepBooksSmall(registry, now()).catch((error: unknown) => tell(`error live ${faultText(error)}`));
      }),
    setAside: (segments) => registry.locks.alone('live', () => setAside(context, segments, options.memory)),
    now,
    log: tell,
  });
  const door = openDoor({ protocols, keys, log, now, onTaken: () => taker.kick(), tell });
  taker.kick();
  const looking =
    registry.kind === 'server' ? setInterval(() => void keys.refresh().catch(() => {}), KEYS_MS).unref() : undefined;
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
    load: () => ({ waiting: log.waiting, refused: door.refused() }),
    refuse: () => door.close(),
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
      clearInterval(looking);
      await door.close();
      await taker.close();
      await translator.close();
      await log.close();
    },
  };
}

/** Note: a home of its own keeps the names that it had before there could be several. */
function memoryOf({ home, context }: Product['installation']): LogMemory {
  const own = context.registry.kind === 'server' ? ` ${home.server}` : '';
  return { unit: `live_unit${own}`, counted: `live_counted${own}` };
}

/** The workspace's own events, beside those that everybody's clients send. */
function ownWords(events: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(events).map(([name, behavior]) => [wordKey(name), { behavior }]));
}
