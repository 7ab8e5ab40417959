import type { Watch } from '../base/progress.ts';
import type { EntityName } from '../model/entities.ts';
import type { Registry } from '../registry/registry.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Keys } from './identifiers.ts';

/** Keeps questions and changes of facts apart: a question sees all of a change or none of it. */
export interface Gate {
  /** Work that reads facts; any number at a time. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Work that changes facts; nothing else is inside. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** What every step of an import works with. */
export interface Context {
  readonly warehouse: Warehouse;
  readonly registry: Registry;
  readonly gate: Gate;
  readonly keys: Keys;
  readonly zone: string;
  /** The workspace's own brands; none means all rows are its own. */
  readonly brands: readonly string[];
  /** ISO moment of the import's own clock. */
  now(): string;
  readonly watch: Watch;
}

/** A file whose rows are staged and wait for their consumers. */
export interface StagedFile {
  readonly id: number;
  readonly entity: EntityName;
  readonly source: string;
  /** Columns its stage has. */
  readonly columns: readonly string[];
  readonly headless: boolean;
  /** Rows in the stage. */
  readonly rows: number;
}
