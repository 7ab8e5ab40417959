import type { Analysis } from '../analyses/analysis.ts';
import type { Answer } from '../app/reports.ts';

type Params = Record<string, unknown>;

/** What the tools ask of a home, wherever it is: behind the server, or opened by the terminal. Nothing of it changes anything. */
export interface Asked {
  readonly analyses: readonly Analysis[];
  /** The caller may see single consumers. */
  readonly mayListPeople: boolean;
  run(id: string, params: Params): Promise<Answer>;
  explain(id: string, params: Params): Promise<{ readonly sql: string }>;
  people(id: string, params: Params, row: Params, page: PeoplePage): Promise<SomePeople>;
  /** How far the data reach. */
  extent(): Promise<Extent>;
}

export interface PeoplePage {
  readonly limit: number;
  readonly after: number;
}

export interface SomePeople {
  readonly count: number;
  readonly consumers: readonly number[];
  readonly next?: number;
}

export interface Extent {
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly as_of: string;
  readonly rules: string;
  readonly consumers: number;
}
