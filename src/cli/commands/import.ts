import type { Command } from 'commander';
import type { FileReport, ImportReport } from '../../app/reports.ts';
import { listed, show, showRows, titled } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import type { ImportOptions, Row } from '../product.ts';
import { momentIn } from '../render/moment.ts';
import { count } from '../render/numbers.ts';
import { clip, printable } from '../render/width.ts';
import type { Session } from '../session.ts';

const fileColumns = [
  'file',
  'entity',
  'preset',
  'read',
  'accepted',
  'duplicate',
  'rejected',
  'unmapped_columns',
  'seconds',
] as const;
const namesWidth = 60;

function messagesOf(files: readonly FileReport[], session: Session): string[] {
  return files.flatMap(({ file, message, unmapped }) => [
    ...(message ? [`${file}: ${message}`] : []),
    ...(unmapped.length > 0
      ? [session.text.import.unmapped(file, clip(printable(unmapped.join(', ')), namesWidth))]
      : []),
  ]);
}

function closing(report: ImportReport, session: Session): string[] {
  const { import: says } = session.text;
  const sum = (of: (file: FileReport) => number) => report.files.reduce((total, file) => total + of(file), 0);
  const [read, accepted, duplicate, rejected] = [
    sum((file) => file.read),
    sum((file) => file.accepted),
    sum((file) => file.duplicate),
    sum((file) => file.rejected),
  ];
  const isWhole = read === accepted + duplicate + rejected;
  return [
    says.done(report.import),
    says.reconcile(count(read), count(accepted), count(duplicate), count(rejected)),
    ...(isWhole ? [] : [says.broken]),
    says.home(count(report.consumers), count(report.unidentified)),
    ...(rejected > 0 ? [says.seeRejects(report.import)] : []),
  ];
}

/** The files of an import as a table, what is to be said of them, and the sentence that reconciles. */
export function importTable(report: ImportReport, session: Session): string {
  const rows: readonly Row[] = report.files.map((file) => ({ ...file }));
  const lines = [...messagesOf(report.files, session), ...closing(report, session)];
  return `${listed(session, titled(session.text, fileColumns), rows)}\n${lines.join('\n')}\n`;
}

/** Prints the report of an import, contract §2. */
export async function showImport(session: Session, report: ImportReport): Promise<void> {
  const rows: readonly Row[] = report.files.map((file) => ({ ...file }));
  await show(session, { json: report, csv: { columns: fileColumns, rows }, table: () => importTable(report, session) });
}

const listColumns = [
  'id',
  'started_at',
  'path',
  'source',
  'status',
  'files',
  'read',
  'accepted',
  'duplicate',
  'rejected',
] as const;

function listCommand(session: Session): Command {
  return commandOf(session, 'list', session.text.commands.importList).action(async () => {
    const rows = await session.withProduct((product) => product.imports());
    const { zone } = (await session.product()).config;
    const isTable = session.format() === 'table';
    const shown = rows.map((row) => ({ ...row, started_at: momentIn(zone, String(row.started_at)) }));
    await showRows(session, titled(session.text, listColumns, { id: 'id' }), isTable ? shown : rows);
  });
}

function undoCommand(session: Session): Command {
  const says = session.text.commands.importUndo;
  return commandOf(session, 'undo', says)
    .argument('<id>', says.id, wholeNumber(session, 'ID'))
    .action(async (id: number) => {
      const undone = await session.withProduct((product, watch) => product.undoImport(id, watch));
      await show(session, {
        json: undone,
        csv: { columns: ['import', 'files', 'rows'], rows: [{ ...undone }] },
        table: () => `${session.text.import.undone(undone.import, count(undone.files), count(undone.rows))}\n`,
      });
    });
}

/** `import PATH`, `import list`, `import undo ID`. */
export function importCommand(session: Session): Command {
  const says = session.text.commands.import;
  return commandOf(session, 'import', says)
    .argument('<path>', says.path)
    .option('--preset <name>', says.preset)
    .option('--mapping <file>', says.mapping)
    .option('--source <name>', says.source)
    .option('--strict', says.strict)
    .action(async (path: string, options: ImportOptions) => {
      const report = await session.withProduct((product, watch) => product.importPath(path, options, watch));
      await showImport(session, report);
    })
    .addCommand(listCommand(session))
    .addCommand(undoCommand(session));
}
