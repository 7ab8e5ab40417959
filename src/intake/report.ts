import type { LedgerFile } from './ledger.ts';

/** What became of one file, contract §2: `read = accepted + duplicate + rejected`. */
export interface FileReport {
  readonly file: string;
  readonly entity: string;
  readonly preset: string;
  readonly read: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** How many columns of the file no rule reads; they are kept in `props`. */
  readonly unmapped_columns: number;
  readonly seconds: number;
  /** Their names. */
  readonly unmapped: readonly string[];
  /** What the reader should know: not recognised, cut short, already imported as ... */
  readonly message?: string;
}

/** The report of a file as the ledger has it. */
export function reportOf(file: LedgerFile): FileReport {
  const { name, entity, preset, status, read, accepted, duplicate, rejected, seconds, unmapped, message } = file;
  const unknown = preset === 'unknown';
  return {
    file: name,
    entity: unknown ? 'unknown' : status === 'skipped' ? '' : entity,
    preset: unknown ? '' : preset,
    read,
    accepted,
    duplicate,
    rejected,
    unmapped_columns: unmapped.length,
    seconds,
    unmapped,
    ...(message === null ? {} : { message }),
  };
}
