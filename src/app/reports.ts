import type { FileReport } from '../intake/report.ts';
import type { Row } from '../warehouse/warehouse.ts';

export type { FileReport } from '../intake/report.ts';

export interface ImportReport {
  /** Number of the import, for `import undo`. */
  readonly import: number;
  readonly files: readonly FileReport[];
  /** Totals of the home. */
  readonly consumers: number;
  readonly unidentified: number;
}

/** The answer to a question, contract §2. */
export interface Answer {
  readonly analysis: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly rows: readonly Row[];
  /** Up to which accepted data the answer holds: the moment and number of the last change of facts. */
  readonly as_of: string;
  /** `name@version` of the rule set used. */
  readonly rules: string;
  readonly sql: string;
  readonly ms: number;
}

/** An identifier of a consumer, and the first row of each file that shows it beside others. */
export interface ShownIdentifier {
  readonly type: string;
  /** The value, or the beginning of its keyed hash where the type is personal. */
  readonly value: string;
  readonly personal: boolean;
  /** It stands for more people than one can be and links nothing. */
  readonly shared: boolean;
}

export interface ShownLink {
  readonly left: string;
  readonly right: string;
  readonly file: string;
  readonly line: number;
  readonly rows: number;
}

export interface ShownMoment {
  readonly at: string;
  readonly entity: string;
  readonly what: string;
  readonly detail: string;
}

export interface ConsumerReport {
  readonly consumer: number;
  readonly identifiers: readonly ShownIdentifier[];
  readonly links: readonly ShownLink[];
  /** Latest first. */
  readonly timeline: readonly ShownMoment[];
  readonly profile: Readonly<Record<string, unknown>>;
  readonly stages: ReadonlyArray<{ readonly stage: string; readonly from: string; readonly to: string | null }>;
}

export interface RejectReport {
  readonly file: string;
  readonly file_id: number;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly raw: string;
  readonly at: string;
}
