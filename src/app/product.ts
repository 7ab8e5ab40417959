import { addKey } from '../accounts/keys.ts';
import type { Analysis } from '../analyses/analysis.ts';
import { analyses } from '../analyses/index.ts';
import type {
  AudienceChange,
  AudienceComparisonQuestion,
  AudienceCountQuestion,
  AudienceDecayQuestion,
  AudienceFromPeople,
  AudienceHistoryQuestion,
  AudienceMovesQuestion,
  NewAudience,
  RuleQuestion,
} from '../api/audiences.ts';
import type { CityTierTable } from '../api/crowds.ts';
import type { CutRequest, NewCut } from '../api/links.ts';
import type { NewIdList } from '../api/lists.ts';
import type { NewLookalike } from '../api/lookalikes.ts';
import type { Role } from '../api/permissions.ts';
import { unwatched, type Watch } from '../base/progress.ts';
import type { Context } from '../intake/context.ts';
import { suppressions } from '../intake/suppression.ts';
import { undoImport } from '../intake/undo.ts';
import { readState } from './answers/state.ts';
import { answer, explain, peopleBehind } from './asking.ts';
import {
  audienceMembers,
  audiences,
  countAudience,
  createAudience,
  createFromPeople,
  exportAudience,
  removeAudience,
  showAudience,
} from './audiences/audiences.ts';
import { audienceDecay } from './audiences/decay.ts';
import { explainRule } from './audiences/explain.ts';
import { audienceHistory, audienceMoves } from './audiences/history.ts';
import { audienceTemplates } from './audiences/templates.ts';
import { audienceVersions, changeAudience, compareAudiences } from './audiences/versions.ts';
import { type BackupOptions, backUp } from './backup/backup.ts';
import { openCapacity } from './capacity/open.ts';
import { openTerminal } from './capacity/terminal.ts';
import type { Environment } from './config.ts';
import { showConsumer } from './consumer.ts';
import { putCityTiers, tiersInForce } from './crowds/cityTiers.ts';
import { crowdTaxonomies, putTaxonomy, showTaxonomy } from './crowds/taxonomies.ts';
import { cutLink, cuts, liftCut, previewCut } from './cuts.ts';
import { dataState } from './dataState.ts';
import { loadDemo } from './demo.ts';
import { examine } from './doctor.ts';
import { type ImportOptions, importPath } from './importing.ts';
import { listImports } from './imports.ts';
import { openInstallation } from './installation.ts';
import { explainLink } from './links.ts';
import { idLists, removeList, uploadList } from './lists/lists.ts';
import { addSource, sourcesIn } from './live/sources.ts';
import { lookalikes, removeLookalike, showLookalike } from './lookalikes/lookalikes.ts';
import { checkTraining, type Training, trainLookalike } from './lookalikes/train.ts';
import { openPushing } from './pushing/pushing.ts';
import { type RejectFilter, type ReplayOptions, rejectsOf, replayRejects } from './replay.ts';
import { adoptRules, listRules, ruleSetOf } from './rules.ts';
import { addSuppression, removeSuppression } from './suppressions.ts';

/** Everything an installation can do, for any surface. Made once a process; `close` gives the home back. */
export async function openProduct(dir: string | undefined, env: Environment, now: () => Date) {
  const installation = await openInstallation(dir, env, now);
  const { context, home } = installation;
  const capacity = openCapacity(installation);
  const terminal = openTerminal(context, capacity);
  const watched = (watch: Watch): Context => ({ ...context, watch });
  const writing = <T>(work: () => Promise<T>): Promise<T> => context.registry.locks.alone('writer', work);
  const { zone, currency, locale } = home.config;
  return {
    installation,
    capacity,
    analyses: analyses as readonly Analysis[],
    config: { zone, currency, locale },
    importPath: (path: string, options: ImportOptions, watch: Watch) =>
      writing(() => importPath(watched(watch), path, options)),
    undoImport: (id: number, watch: Watch) => writing(() => undoImport(watched(watch), id)),
    imports: () => listImports(context),
    rejects: (filter: RejectFilter) => rejectsOf(context, filter),
    replayRejects: (options: ReplayOptions, watch: Watch) => writing(() => replayRejects(watched(watch), options)),
    consumer: (id: string) => context.gate.shared(() => showConsumer(context, id)),
    explainLink: (id: string, to?: string) => context.gate.shared(() => explainLink(context, id, to)),
    cuts: () => cuts(context),
    previewCut: (asked: CutRequest | { readonly lift: number }) => previewCut(context, asked),
    cutLink: (cut: NewCut, actor = 'cli') => cutLink(context, cut, actor),
    liftCut: (id: number, actor = 'cli') => liftCut(context, id, actor),
    rules: () => listRules(context),
    ruleSet: (key: string) => ruleSetOf(context, key),
    adoptRules: async (key: string, actor = 'cli') => void (await adoptRules(context, key, actor)),
    run: (id: string, params: Record<string, unknown>, watch: Watch) =>
      terminal.ask(id, watch, (inside) => answer(inside, id, params)),
    people: (id: string, params: Record<string, unknown>, row: Record<string, unknown>, watch: Watch) =>
      terminal.ask(id, watch, (inside) => peopleBehind(inside, id, params, row)),
    dataState: async () => context.gate.shared(async () => dataState(context, await readState(context))),
    explain: (id: string, params?: Record<string, unknown>) => explain(context, id, params),
    cost: (id: string, params: Record<string, unknown>) => terminal.cost(id, params),
    demo: (options: { size: string; seed?: number }, watch: Watch) =>
      writing(() => loadDemo(installation, options, watch)),
    backup: (options: BackupOptions, watch: Watch) =>
      backUp(installation, options, { env, allow: home.config.outbound_allow, now }, watch),
    doctor: async () => ({ checks: await examine(installation) }),
    addKey: (name: string, role: Role) => addKey(context.registry, { name, role }, 'terminal', now()),
    addSource: (name: string) => addSource(context.registry, name, 'terminal', now()),
    sources: () => sourcesIn(context.registry),
    audiences: () => audiences(context),
    audience: (which: string | number) => showAudience(context, which),
    createAudience: (given: NewAudience, by = 'terminal') => createAudience(context, given, by),
    createFromPeople: (given: AudienceFromPeople, by = 'terminal') => createFromPeople(context, given, by),
    changeAudience: (which: number, change: AudienceChange, by = 'terminal') =>
      changeAudience(context, which, change, by),
    audienceVersions: (which: number) => audienceVersions(context, which),
    compareAudiences: (asked: AudienceComparisonQuestion) => compareAudiences(context, asked),
    explainRule: (asked: RuleQuestion) => explainRule(context, asked),
    audienceHistory: (which: number, asked: AudienceHistoryQuestion) => audienceHistory(context, which, asked),
    audienceDecay: (which: number, asked: AudienceDecayQuestion) => audienceDecay(context, which, asked),
    audienceMoves: (which: number, asked: AudienceMovesQuestion) => audienceMoves(context, which, asked),
    audienceTemplates,
    crowds: () => crowdTaxonomies(context),
    crowdTaxonomy: (key: string) => showTaxonomy(context, key),
    putCrowds: (given: Readonly<Record<string, unknown>>, by = 'terminal') => putTaxonomy(context, given, by),
    cityTiers: () => tiersInForce(context),
    putCityTiers: (tiers: CityTierTable, by = 'terminal') => putCityTiers(context, tiers, by),
    removeAudience: (which: string | number, by = 'terminal') => removeAudience(context, which, by),
    countAudience: (asked: AudienceCountQuestion) => countAudience(context, asked),
    audienceMembers: (name: string, on?: string) => audienceMembers(context, name, on, 'terminal'),
    exportAudience: (
      which: string | number,
      page: { readonly on?: string | undefined; readonly limit: number; readonly after: number },
      by = 'terminal',
    ) => exportAudience(context, which, page, by),
    pushing: openPushing(installation, { now }),
    trainLookalike: (given: NewLookalike, watch: Watch = unwatched, training: Training = { by: 'terminal' }) =>
      trainLookalike(watched(watch), given, training),
    checkTraining: (given: NewLookalike) => checkTraining(context, given),
    lookalikes: () => lookalikes(context),
    lookalike: (id: number) => showLookalike(context, id),
    removeLookalike: (id: number, by = 'terminal') => removeLookalike(context, id, by),
    uploadList: (path: string, given: NewIdList, by = 'terminal') => uploadList(context, path, given, by),
    idLists: () => idLists(context),
    removeList: (which: number | string, by = 'terminal') => removeList(context, which, by),
    suppressions: () => suppressions(context),
    suppress: (named: string, by = 'terminal') => addSuppression(context, named, by),
    unsuppress: (id: number, by = 'terminal') => removeSuppression(context, id, by),
    close: async () => {
      await capacity.close();
      await installation.close();
    },
  };
}

/** One home, opened: what every surface asks of it. */
export type Product = Awaited<ReturnType<typeof openProduct>>;
