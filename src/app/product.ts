import type { Analysis } from '../analyses/analysis.ts';
import { analyses } from '../analyses/index.ts';
import type { Watch } from '../base/progress.ts';
import type { Context } from '../intake/context.ts';
import { undoImport } from '../intake/undo.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { answer, explain, peopleBehind } from './asking.ts';
import type { Environment } from './config.ts';
import { showConsumer } from './consumer.ts';
import { loadDemo } from './demo.ts';
import { examine } from './doctor.ts';
import { type ImportOptions, importPath } from './importing.ts';
import { openInstallation } from './installation.ts';
import { type RejectFilter, type ReplayOptions, rejectsOf, replayRejects } from './replay.ts';
import { adoptRules, listRules, ruleSetOf } from './rules.ts';

/** Everything an installation can do, for any surface. Made once a process; `close` gives the home back. */
export async function openProduct(dir: string | undefined, env: Environment, now: () => Date) {
  const installation = await openInstallation(dir, env, now);
  const { context, home } = installation;
  const watched = (watch: Watch): Context => ({ ...context, watch });
  const { zone, currency, locale } = home.config;
  return {
    analyses: analyses as readonly Analysis[],
    config: { zone, currency, locale },
    importPath: (path: string, options: ImportOptions, watch: Watch) => importPath(watched(watch), path, options),
    undoImport: (id: number, watch: Watch) => undoImport(watched(watch), id),
    imports: () => listImports(context),
    rejects: (filter: RejectFilter) => rejectsOf(context, filter),
    replayRejects: (options: ReplayOptions, watch: Watch) => replayRejects(watched(watch), options),
    consumer: (id: string) => showConsumer(context, id),
    rules: () => listRules(context),
    ruleSet: (key: string) => ruleSetOf(context, key),
    adoptRules: (key: string) => adoptRules(context, key),
    run: (id: string, params: Record<string, unknown>, watch: Watch) => answer(watched(watch), id, params),
    people: (id: string, params: Record<string, unknown>, row: Record<string, unknown>, watch: Watch) =>
      peopleBehind(watched(watch), id, params, row),
    explain: (id: string, params?: Record<string, unknown>) => explain(context, id, params),
    demo: (options: { size: string; seed?: number }, watch: Watch) => loadDemo(installation, options, watch),
    doctor: async () => ({ checks: await examine(installation) }),
    close: () => installation.close(),
  };
}

async function listImports({ registry }: Context): Promise<Row[]> {
  return registry.rows(`SELECT i.id, i.started_at, i.path, i.source, i.status, count(f.id) AS files,
      coalesce(sum(f.read), 0) AS read, coalesce(sum(f.accepted), 0) AS accepted,
      coalesce(sum(f.duplicate), 0) AS duplicate, coalesce(sum(f.rejected), 0) AS rejected
    FROM import i LEFT JOIN import_file f ON f.import_id = i.id AND f.status <> 'undone' GROUP BY i.id ORDER BY i.id`);
}
