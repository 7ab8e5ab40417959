import { ready } from '../duckdb/database.ts';
import { duckDbQuestions } from '../duckdb/questions.ts';
import type { Work } from '../work.ts';
import { besideDuckDb, duckDbSides } from './questions-duckdb.ts';

const asked = duckDbQuestions['aipl-stock'];

/** AIPL of one day, the same answer by the best DuckDB SQL known to us. */
export const aiplDayDuckDb: Work = {
  name: 'aipl-day-duckdb',
  sides: asked ? duckDbSides('aipl-stock', asked) : {},
  run: async (bench) => {
    await ready(bench);
    return [await besideDuckDb(bench, 'aipl-stock', 'aipl-day-duckdb', 'one day')];
  },
};
