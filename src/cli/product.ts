import type { Analysis } from '../analyses/analysis.ts';
import type { Cost } from '../api/analyses.ts';
import type {
  Audience,
  AudienceChange,
  AudienceCount,
  AudienceCountQuestion,
  AudienceDay,
  AudienceDecay,
  AudienceDecayQuestion,
  AudienceHistoryQuestion,
  AudienceShown,
  MemberIdentifier,
  NewAudience,
  RuleExplained,
  RuleQuestion,
} from '../api/audiences.ts';
import type { CityTierTable, CrowdTaxonomy, CrowdTaxonomyEntry } from '../api/crowds.ts';
import type { Cut, CutPreview, CutRequest, LinkReport, NewCut } from '../api/links.ts';
import type { IdList, NewIdList } from '../api/lists.ts';
import type { LiveSource } from '../api/live.ts';
import type { Lookalike, NewLookalike } from '../api/lookalikes.ts';
import type { Role } from '../api/permissions.ts';
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
} from '../api/pushes.ts';
import type { Suppression } from '../api/suppressions.ts';
import type { DataState } from '../app/dataState.ts';
import type { Answer, ConsumerReport, ImportReport, RejectReport } from '../app/reports.ts';
import type { Watch } from '../base/progress.ts';
import type { Locale } from '../base/text.ts';
import type { RuleSet } from '../model/rules/ruleSet.ts';
import type { Row } from '../warehouse/warehouse.ts';

export type { Row } from '../warehouse/warehouse.ts';

export interface ImportOptions {
  readonly preset?: string;
  /** Path of a mapping file. */
  readonly mapping?: string;
  readonly source?: string;
  readonly strict?: boolean;
}

export interface RejectFilter {
  readonly import?: number;
  readonly file?: number;
  readonly limit?: number;
}

export interface ReplayOptions {
  readonly import?: number;
  readonly file?: number;
  readonly mapping?: string;
  readonly preset?: string;
  /** Path of a CSV with `file_id`, `line` and the corrected `raw`. */
  readonly from?: string;
}

export interface Undone {
  readonly import: number;
  readonly files: number;
  readonly rows: number;
}

export interface DemoReport {
  /** False where the home had data already and nothing was loaded. */
  readonly loaded: boolean;
  readonly report: ImportReport | undefined;
  /** The period worth looking at first. */
  readonly from: string;
  readonly to: string;
}

export interface BackupMade {
  readonly file: string;
  /** Rows of both stores. */
  readonly rows: number;
  /** Bytes written, compressed. */
  readonly bytes: number;
  readonly key: boolean;
}

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Audiences that are sent to destinations; both go by name. */
export interface Pushing {
  kinds(): readonly DestinationKind[] | Promise<readonly DestinationKind[]>;
  destinations(): Promise<readonly Destination[]>;
  addDestination(given: NewDestination): Promise<DestinationMade>;
  removeDestination(name: string): Promise<void>;
  list(): Promise<readonly Push[]>;
  show(name: string): Promise<Push>;
  create(given: NewPush): Promise<Push>;
  remove(name: string): Promise<void>;
  preview(name: string, on?: string): Promise<PushPreview>;
  run(name: string, asked: { readonly on?: string }, watch: Watch): Promise<PushRun>;
  log(name: string, query: PushLogQuery): Promise<{ readonly items: readonly PushLogRow[] }>;
  file(name: string, asked: PushFileQuery): Promise<{ readonly body: AsyncIterable<string> | Iterable<unknown> }>;
}

/** An opened home, as the terminal sees it. */
export interface Product {
  importPath(path: string, options: ImportOptions, watch: Watch): Promise<ImportReport>;
  undoImport(id: number, watch: Watch): Promise<Undone>;
  /** One row an import: id, started_at, path, source, status, files, read, accepted, duplicate, rejected. */
  imports(): Promise<Row[]>;
  rejects(filter: RejectFilter): Promise<RejectReport[]>;
  replayRejects(options: ReplayOptions, watch: Watch): Promise<ImportReport>;
  consumer(id: string): Promise<ConsumerReport>;
  /** Why the identifiers of a consumer are one person; with `to`, also how one comes to the other. */
  explainLink(id: string, to?: string): Promise<LinkReport>;
  /** Every cut that was ever made, the latest first. */
  cuts(): Promise<Cut[]>;
  previewCut(asked: CutRequest | { readonly lift: number }): Promise<CutPreview>;
  cutLink(cut: NewCut): Promise<Cut>;
  liftCut(id: number): Promise<Cut>;
  /** One row a version of a rule set: name, version, origin, title, stages, adopted. */
  rules(): Promise<Row[]>;
  ruleSet(key: string): Promise<RuleSet>;
  adoptRules(key: string): Promise<void>;
  readonly analyses: readonly Analysis[];
  run(id: string, params: Record<string, unknown>, watch: Watch): Promise<Answer>;
  /** The consumers behind the rows with these column values. */
  people(id: string, params: Record<string, unknown>, row: Record<string, unknown>, watch: Watch): Promise<number[]>;
  /** How fresh the data are and how far they reach. */
  dataState(): Promise<DataState>;
  explain(id: string, params?: Record<string, unknown>): Promise<{ readonly sql: string; readonly doc: string }>;
  /** What a question is likely to cost. */
  cost(id: string, params: Record<string, unknown>): Promise<Cost>;
  demo(options: { readonly size: string; readonly seed?: number }, watch: Watch): Promise<DemoReport>;
  /** Saves the home into a file, or to `s3://bucket/key`. */
  backup(options: { readonly to: string; readonly withKey: boolean }, watch: Watch): Promise<BackupMade>;
  doctor(): Promise<{ readonly checks: readonly Check[] }>;
  /** An API key of a role; told this once. */
  addKey(name: string, role: Role): Promise<{ readonly name: string; readonly key: string }>;
  /** A source of live events; its write key is told this once. */
  addSource(name: string): Promise<{ readonly name: string; readonly key: string }>;
  sources(): Promise<readonly LiveSource[]>;
  audiences(): Promise<readonly Audience[]>;
  audience(name: string): Promise<AudienceShown>;
  createAudience(given: NewAudience): Promise<AudienceShown>;
  removeAudience(name: string): Promise<void>;
  /** How many consumers a rule, or a saved audience, takes as of the end of a day. */
  countAudience(asked: AudienceCountQuestion): Promise<AudienceCount>;
  /** A rule condition by condition. */
  explainRule(asked: RuleQuestion): Promise<RuleExplained>;
  changeAudience(id: number, change: AudienceChange): Promise<AudienceShown>;
  /** Members day by day. */
  audienceHistory(id: number, asked: AudienceHistoryQuestion): Promise<readonly AudienceDay[]>;
  /** What became of the members of some days before. */
  audienceDecay(id: number, asked: AudienceDecayQuestion): Promise<AudienceDecay>;
  /** The members' own identifiers, consumers in order. */
  audienceMembers(name: string, on?: string): Promise<readonly MemberIdentifier[]>;
  /** Taxonomies of crowds in their latest versions. */
  crowds(): Promise<readonly CrowdTaxonomyEntry[]>;
  /** One by `name` or `name@version`, with its rules. */
  crowdTaxonomy(key: string): Promise<CrowdTaxonomy>;
  putCrowds(given: Readonly<Record<string, unknown>>): Promise<CrowdTaxonomy>;
  /** Tiers by the name of a city or province. */
  cityTiers(): Promise<CityTierTable>;
  putCityTiers(tiers: CityTierTable): Promise<CityTierTable>;
  /** Learns what the members of an audience have in common. */
  trainLookalike(given: NewLookalike, watch: Watch): Promise<Lookalike>;
  lookalikes(): Promise<readonly Lookalike[]>;
  lookalike(id: number): Promise<Lookalike>;
  removeLookalike(id: number): Promise<void>;
  /** Takes a file of identifiers as a list that rules can name. */
  uploadList(path: string, given: NewIdList): Promise<IdList>;
  idLists(): Promise<readonly IdList[]>;
  removeList(name: string): Promise<void>;
  readonly pushing: Pushing;
  /** Refuses the rows of an identifier `type:value` from now on. */
  suppress(identifier: string): Promise<Suppression>;
  unsuppress(id: number): Promise<void>;
  suppressions(): Promise<readonly Suppression[]>;
  readonly config: { readonly zone: string; readonly currency: string; readonly locale: Locale };
  close(): Promise<void>;
}

/** Opens the home in that folder, made where there is none. */
export type OpenProduct = (dir: string | undefined, env: NodeJS.ProcessEnv, now: () => Date) => Promise<Product>;
