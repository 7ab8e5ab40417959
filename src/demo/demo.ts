import { type Day, isDay } from '../base/day.ts';
import { InputError } from '../base/errors.ts';
import type { Household } from './household.ts';
import { type DemoManifest, manifestOf } from './manifest.ts';
import { makeFiller, makeHousehold } from './people.ts';
import { Random } from './random.ts';
import type { Piece } from './sheet.ts';
import { Sheets } from './sheets.ts';
import { inventoryLines, itemLines } from './shelf.ts';
import { Tally } from './tally.ts';
import { makeWorld, type World } from './world.ts';

/** Events of each size; about a tenth as many persons. */
export const demoSizes = {
  tiny: 10_000,
  small: 200_000,
  medium: 1_000_000,
  large: 10_000_000,
  huge: 100_000_000,
} as const;

export interface DemoOptions {
  /** Rows of the events files, exactly. */
  readonly events: number;
  readonly seed?: number;
  /** Last day of the two years. */
  readonly end?: Day;
  /** Told now and then how many events are done. */
  readonly watch?: (done: number, total: number) => void;
}

export const defaultEnd: Day = '2026-06-30';
const fewest = 1000;
const most = 200_000_000;
const batch = 512;
/** From here on the events of each month have a file of their own. */
const monthlyFrom = 2_000_000;
const eventsEach = 10;
const fillerEvents = 8;

/**
 * The demo brand's files in pieces, in the order they are to be written, then the truth about it.
 * Memory does not grow with the size: one household lives at a time.
 */
export async function* demoPieces(options: DemoOptions): AsyncGenerator<Piece, DemoManifest> {
  const { events, seed = 1, end = defaultEnd, watch } = options;
  check(events, seed, end);
  const world = makeWorld(seed, end);
  const sheets = new Sheets(world, events >= monthlyFrom ? 'monthly' : 'one');
  const tally = new Tally(world);
  let done = 0;
  let index = 0;
  for (const household of households(world, events)) {
    sheets.addHousehold(household);
    tally.add(household);
    done += household.touches.length;
    if (++index % batch !== 0) continue;
    yield* sheets.take('full');
    watch?.(done, events);
  }
  addWorld(sheets, world, tally);
  yield* sheets.take('last');
  watch?.(done, events);
  return manifestOf(world, sheets, tally);
}

/** People until their events number exactly `events`; the last few only see ads. */
function* households(world: World, events: number): Iterable<Household> {
  const random = new Random();
  const shopPhoneEvery = Math.max(5, Math.floor(events / eventsEach / 300));
  let left = events;
  for (let index = 0; left > 0; index++) {
    const made = makeHousehold(world, random, index, shopPhoneEvery);
    const fits = made.touches.length <= left;
    const household = fits ? made : makeFiller(world, random, index, Math.min(left, fillerEvents));
    left -= household.touches.length;
    yield household;
  }
}

function addWorld(sheets: Sheets, world: World, tally: Tally): void {
  sheets.addLines('items', itemLines(world));
  sheets.addLines('contents', world.contents.contentLines);
  sheets.addLines('creators', world.contents.creatorLines);
  sheets.addLines('media_spend', world.media.lines());
  sheets.addLines('inventory', inventoryLines(world, tally.sold));
}

function check(events: number, seed: number, end: Day): void {
  if (!Number.isInteger(events) || events < fewest || events > most) {
    throw new InputError(
      'demo_size',
      `The demo brand cannot have ${events} events: give a whole number from ${fewest} to ${most}.`,
    );
  }
  if (!Number.isInteger(seed)) throw new InputError('demo_seed', `The demo seed ${seed} is not a whole number.`);
  if (!isDay(end)) throw new InputError('demo_end', `The demo's last day '${end}' is not a date: write YYYY-MM-DD.`);
}
