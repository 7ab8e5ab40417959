import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { importPath } from '../src/app/importing.ts';
import { timed } from './clock.ts';
import { freshHome, withHome } from './home.ts';
import { type Bench, mustAgree, type Plan, rowOf, type Work } from './work.ts';

/** A file imported end to end, against the bare engine's own insert of it. */
export interface ImportOf {
  readonly name: string;
  /** Base name of the file. */
  readonly file: string;
  write(path: string, plan: Plan): void;
  /** The file's columns with the types that suit them, for the bare engine. */
  readonly columns: string;
  readonly order: string;
  readonly note: string;
}

/** The home that an import leaves behind. */
export const homeOf = (name: string, { folder }: Plan): string => join(folder, `${name}-home`);

export function importWork(of: ImportOf): Work {
  const fileOf = ({ folder }: Plan) => join(folder, of.file);
  return {
    name: of.name,
    sides: {
      [`${of.name}/file`]: async (plan) => timed(() => of.write(fileOf(plan), plan)),
      [`${of.name}/home`]: (plan) => freshHome(homeOf(of.name, plan), async () => ({ seconds: 0 })),
      [`${of.name}/product`]: (plan) =>
        withHome(homeOf(of.name, plan), async (context) => {
          const { seconds, result } = await timed(() => importPath(context, fileOf(plan), {}));
          const accepted = result.files.reduce((sum, each) => sum + each.accepted, 0);
          return { seconds, consumers: result.consumers, answer: accepted };
        }),
      [`${of.name}/bare`]: (plan) => insertBare(of, fileOf(plan), join(plan.folder, `${of.name}-bare`)),
    },
    run: async (bench) => {
      await bench.once(`${of.name}/file`);
      const bare = await bench.measure(`${of.name}/bare`);
      const product = await runImport(bench, of.name);
      mustAgree(of.name, product.answer, bare.answer);
      const name = `bare engine: INSERT of ${basename(of.file)} (peak ${bare.peakMb ?? '?'} MB)`;
      return [rowOf(of.name, bench.plan, product, { name, seconds: bare.seconds }, of.note)];
    },
  };
}

/** Imports into a fresh home, and leaves it. */
export async function runImport(bench: Bench, name: string) {
  await bench.once(`${name}/file`);
  await bench.measure(`${name}/home`);
  return bench.measure(`${name}/product`);
}

export const isImported = (name: string, plan: Plan): boolean => existsSync(homeOf(name, plan));

/** The engine as npm gives it: its own settings, one session, a table of the file's columns. */
async function insertBare(of: ImportOf, file: string, dir: string) {
  rmSync(dir, { recursive: true, force: true });
  // Note: loaded here only, so that it is in no other side's memory.
  const { Session } = await import('chdb');
  const session = new Session(dir);
  await session.queryAsync('CREATE DATABASE bare ENGINE = Atomic');
  await session.queryAsync(`CREATE TABLE bare.t (${of.columns}) ENGINE = MergeTree ORDER BY (${of.order})`);
  const { seconds } = await timed(() =>
    session.queryAsync(`INSERT INTO bare.t SELECT * FROM file('${file}', 'CSVWithNames', '${of.columns}')`),
  );
  const counted = await session.queryAsync('SELECT count() FROM bare.t', { format: 'TabSeparated' });
  const answer = Number(Buffer.from(counted.bytes()).toString('utf8'));
  session.close();
  rmSync(dir, { recursive: true, force: true });
  return { seconds, answer };
}
