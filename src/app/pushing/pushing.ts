import { writeAudit } from '../../accounts/audit.ts';
import type {
  Destination,
  DestinationKind,
  DestinationMade,
  NewDestination,
  NewPush,
  Push,
  PushFileQuery,
  PushLogQuery,
  PushLogRow,
  PushPreview,
  PushRun,
} from '../../api/pushes.ts';
import { unwatched, type Watch } from '../../base/progress.ts';
import { keyFor } from '../../intake/seal.ts';
import { exportTypes } from '../export/file.ts';
import type { Installation } from '../installation.ts';
import { beforeOf, type Page, type PageOf, pageFrom } from '../page.ts';
import { pushCsv, pushWorkbook } from './files.ts';
import { type LogFilter, pushLog, pushLogCsv } from './log.ts';
import { openOutside } from './outside.ts';
import { addDestination, destinationKinds, listDestinations, openedDestination, removeDestination } from './places.ts';
import { changePush, createPush, listPushes, removePush, showPush } from './pushes.ts';
import { previewPush, requireEnough, runPush } from './running.ts';
import { runsOf, shownRun, storedPush } from './stored.ts';

/** What a run is asked for: its day, by whom, and who hears its number. */
export interface RunAsked {
  readonly on?: string | undefined;
  readonly by?: string;
  began?(run: number): Promise<void>;
}

/** A file of a push, as text made while it is sent or as bytes. */
export interface PushFile {
  readonly name: string;
  readonly type: string;
  readonly body: AsyncIterable<string> | Buffer;
}

/** Audiences that are sent to destinations, and what came of it. A push and a destination go by name or number. */
export interface Pushing {
  kinds(): DestinationKind[];
  destinations(): Promise<Destination[]>;
  addDestination(given: NewDestination, by?: string): Promise<DestinationMade>;
  removeDestination(which: string | number, by?: string): Promise<void>;
  list(): Promise<Push[]>;
  show(which: string | number): Promise<Push>;
  create(given: NewPush, by?: string): Promise<Push>;
  change(which: string | number, enabled: boolean, by?: string): Promise<Push>;
  remove(which: string | number, by?: string): Promise<void>;
  preview(which: string | number, on?: string): Promise<PushPreview>;
  /** Refuses what a run would refuse for its size. */
  check(which: string | number, on?: string): Promise<void>;
  run(which: string | number, asked: RunAsked, watch: Watch): Promise<PushRun>;
  runs(which: string | number, page: PageOf): Promise<Page<PushRun>>;
  log(which: string | number, query: PushLogQuery): Promise<Page<PushLogRow>>;
  logFile(which: string | number, filter: LogFilter, by?: string): Promise<PushFile>;
  /** What is to be uploaded by hand. */
  file(which: string | number, asked: PushFileQuery, by?: string): Promise<PushFile>;
}

export interface PushingOptions {
  readonly now: () => Date;
  /** Waits between tries of a delivery. */
  wait?(ms: number, watch: Watch): Promise<void>;
  /** Milliseconds that a destination may take to answer. */
  readonly mostMs?: number;
}

/** Who is at the terminal. */
const TERMINAL = 'terminal';

/** How often a wait looks whether the work is to end. */
const LOOK_MS = 250;

/** Waits, and ends early where the watch says that the work is to end. */
async function waited(ms: number, watch: Watch): Promise<void> {
  for (let left = ms; left > 0; left -= LOOK_MS) {
    watch({ step: 'push.wait', done: Math.floor((ms - left) / 1000), total: Math.ceil(ms / 1000), unit: 'seconds' });
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, LOOK_MS)));
  }
}

/** Pushes of one home. */
export function openPushing({ context, home }: Installation, options: PushingOptions): Pushing {
  const { registry } = context;
  const allow = home.config.outbound_allow;
  const places = { registry, allow, key: keyFor(home.key, 'destination') };
  const { now, wait = waited, mostMs } = options;
  const outside = openOutside({ allow, now, ...(mostMs === undefined ? {} : { mostMs }) });
  const push = (which: string | number) => storedPush(registry, which);
  const noted = (by: string, action: string, id: number, more: object = {}) =>
    writeAudit(registry, by, action, { id, ...more });
  return {
    kinds: destinationKinds,
    destinations: () => listDestinations(places),
    addDestination: (given, by = TERMINAL) => addDestination(places, given, by),
    removeDestination: (which, by = TERMINAL) => removeDestination(places, which, by),
    list: () => listPushes(context),
    show: (which) => showPush(context, which),
    create: (given, by = TERMINAL) => createPush(context, places, given, by),
    change: (which, enabled, by = TERMINAL) => changePush(context, which, enabled, by),
    remove: (which, by = TERMINAL) => removePush(context, which, by),
    preview: async (which, on) => previewPush(context, await push(which), on),
    check: async (which, on) => requireEnough(context, await push(which), on),
    run: async (which, { on, by = TERMINAL, began }, watch = unwatched) => {
      const stored = await push(which);
      const { kind, settings } = await openedDestination(places, stored.destination);
      const courier = { destination: kind, settings, outside, wait };
      const asked = { push: stored, courier, by, on, ...(began ? { began } : {}) };
      const came = await runPush({ ...context, watch }, asked);
      await noted(by, 'push.run', stored.id, { run: came.id, delivered: came.delivered, refused: came.refused });
      return came;
    },
    runs: async (which, page) => {
      const rows = await runsOf(registry, (await push(which)).id, page.limit + 1, beforeOf(page));
      return pageFrom(rows.map(shownRun), page);
    },
    log: async (which, query) => pushLog(context, await push(which), query),
    logFile: async (which, filter, by = TERMINAL) => {
      const stored = await push(which);
      await noted(by, 'push.log', stored.id);
      return { name: `push-${stored.id}-log.csv`, type: exportTypes.csv, body: pushLogCsv(context, stored, filter) };
    },
    file: async (which, asked, by = TERMINAL) => {
      const stored = await push(which);
      await noted(by, 'push.file', stored.id, { what: asked.what });
      const name = `push-${stored.id}-${asked.what}.${asked.format}`;
      const body =
        asked.format === 'csv' ? pushCsv(context, stored, asked) : await pushWorkbook(context, stored, asked);
      return { name, type: exportTypes[asked.format], body };
    },
  };
}
