import type { ImportPage } from '../../../src/api/data.ts';

/** What became of the rows of one file of an import. */
export type FileReport = ImportPage['reports'][number];

/** Rows of an import or of a file, by what became of them. */
export type Rows = Pick<FileReport, 'read' | 'accepted' | 'duplicate' | 'rejected'>;

export function sumOf(reports: readonly Rows[]): Rows {
  const sum = (name: keyof Rows) => reports.reduce((all, each) => all + each[name], 0);
  return { read: sum('read'), accepted: sum('accepted'), duplicate: sum('duplicate'), rejected: sum('rejected') };
}

/** Whether every row that was read was accepted, seen before, or rejected. */
export function reconciles({ read, accepted, duplicate, rejected }: Rows): boolean {
  return read === accepted + duplicate + rejected;
}
