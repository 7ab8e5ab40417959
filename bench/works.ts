import { copying } from './duckdb/database.ts';
import type { Side, Work } from './work.ts';
import { aiplDayDuckDb } from './works/aipl-day-duckdb.ts';
import { aiplDayScan } from './works/aipl-day-scan.ts';
import { aiplIncrement } from './works/aipl-increment.ts';
import { analysesMemory } from './works/analyses-memory.ts';
import { audienceFive } from './works/audience-5.ts';
import { audienceAlgebra } from './works/audience-algebra.ts';
import { audienceRefresh } from './works/audience-refresh.ts';
import { collector } from './works/collector.ts';
import { identity } from './works/identity.ts';
import { importPlain } from './works/import.ts';
import { importIds } from './works/import-ids.ts';
import { portrait } from './works/portrait.ts';
import { questions } from './works/questions.ts';
import { questionsDuckDb } from './works/questions-duckdb.ts';
import { shards } from './works/shards.ts';
import { makeProfiles, makeWorld } from './world.ts';

/** The bench, in the order it runs. */
export const works: readonly Work[] = [
  importPlain,
  analysesMemory,
  importIds,
  aiplDayScan,
  aiplDayDuckDb,
  aiplIncrement,
  identity,
  collector,
  questions,
  questionsDuckDb,
  audienceFive,
  audienceAlgebra,
  portrait,
  audienceRefresh,
  shards,
];

/** Every side by its name. */
export const sides: Readonly<Record<string, Side>> = Object.assign(
  { world: makeWorld, 'world/profiles': makeProfiles, ...copying },
  ...works.map((work) => work.sides),
);
