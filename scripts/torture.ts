import { parseArgs } from 'node:util';
import { diskFull, killedWhileFull } from '../test/live/torture/diskFull.ts';
import { Poster } from '../test/live/torture/posting.ts';
import { BULK, canMount, Scene } from '../test/live/torture/scene.ts';
import { stall } from '../test/live/torture/stall.ts';
import { compare, faultsOf, type Stored } from '../test/live/torture/stored.ts';
import type { Told } from '../test/live/torture/told.ts';
import { torture } from '../test/live/torture/torture.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    /** Of each kind. */
    clients: { type: 'string', default: '3' },
    /** A built program to serve with, such as dist/cli/main.js; else the source. */
    program: { type: 'string' },
  },
});
const { program } = values;
const faults: string[] = [];
const say = (line: string) => console.error(line);

/** Ends a scene: what it holds, beside what was sent to it. */
async function ended(scene: Scene, told: readonly Told[]): Promise<readonly Stored[]> {
  await scene.settled();
  await scene.serving.stop();
  const stored = await compare(scene.home, told);
  for (const each of stored)
    say(`${each.source}: stored ${each.stored}, accepted ${each.accepted}, duplicate ${each.duplicate}`);
  faults.push(...stored.flatMap(faultsOf));
  return stored;
}

async function withScene<Result>(megabytes: number | undefined, play: (scene: Scene) => Promise<Result>) {
  const scene = new Scene({ program, megabytes });
  try {
    return await play(await scene.open());
  } finally {
    await scene.close();
  }
}

/** Answers in words: how many of each status, and within how long nearly all came. */
function summary(posted: readonly { readonly status: number; readonly ms: number }[]): string {
  const counts = new Map<number, number>();
  for (const { status } of posted) counts.set(status, (counts.get(status) ?? 0) + 1);
  const times = posted.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
  return `${[...counts].map(([status, count]) => `${count} x ${status}`).join(', ')}, p99 ${p99.toFixed(0)} ms`;
}

await withScene(canMount() ? 400 : undefined, async (scene) => {
  const poster = new Poster(scene.keys[BULK] ?? '');
  const still = await stall(scene.serving, poster, 10_000);
  say(`engine still for 10 s: ${summary(still)}`);
  if (still.some(({ status }) => status !== 200)) faults.push('events were refused while the engine stood still');
  if (canMount()) {
    const { full, after } = await diskFull(scene, poster, 10_000);
    say(`disk full for 10 s: ${summary(full)}; with room again: ${summary(after)}`);
    if (full.some(({ status }) => status !== 503)) faults.push('a full disk was not answered with 503');
    if (after.at(-1)?.status !== 200) faults.push('events were refused when there was room again');
    const rounds = Math.ceil(Number(values.kills) / 20);
    await killedWhileFull(scene, poster, rounds, Number(values.seed));
    say(`killed while the disk was full: ${rounds} times`);
  } else say('disk full: left out, only root may make a disk');
  await ended(scene, [poster]);
});

const { kills, stored } = await withScene(undefined, async (scene) => {
  const report = await torture(scene, {
    events: Number(values.events),
    kills: Number(values.kills),
    seed: Number(values.seed),
    each: Number(values.clients),
    longest: 1500,
    tell: say,
  });
  say(`network ${JSON.stringify(report.harms)}, answers ${JSON.stringify(report.answers)}`);
  say(`killed ${JSON.stringify(report.kills)}, starts that failed ${scene.serving.failed.length}`);
  for (const why of scene.serving.failed.slice(0, 3)) say(why);
  return { kills: report.kills, stored: await ended(scene, report.told) };
});

for (const fault of faults) say(`FAULT ${fault}`);
const sum = (of: (each: Stored) => number) => stored.reduce((all, each) => all + of(each), 0);
console.log(
  `sent ${sum((each) => each.sent)}, delivered ${sum((each) => each.delivered)}, ` +
    `stored ${sum((each) => each.stored)}, lost ${sum((each) => each.lost.length)}, ` +
    `doubled ${sum((each) => each.doubled.length)}, kills ${Object.values(kills).reduce((all, each) => all + each, 0)}`,
);
const exact = stored.every((each) => each.sent === each.delivered && each.sent === each.stored);
process.exitCode = exact && faults.length === 0 ? 0 : 1;
