import type { Command } from 'commander';
import type { Cut, CutPreview, CutRequest, LinkReport } from '../../api/links.ts';
import { InputError } from '../../base/errors.ts';
import { listed, show, showRows, titled } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import type { Row } from '../product.ts';
import { count } from '../render/numbers.ts';
import type { Session } from '../session.ts';

const cardColumns = ['identifiers', 'linking', 'source', 'file', 'line', 'first_seen', 'rows'] as const;
const stepColumns = ['from', 'to', 'source', 'file', 'line', 'first_seen'] as const;
const cutColumns = ['id', 'kind', 'what', 'note', 'made_by', 'made_at', 'lifted_at'] as const;

function cardRows({ cards }: LinkReport): Row[] {
  return cards.map((card) => ({
    ...card,
    identifiers: card.identifiers.join(' '),
    linking: card.linking.length > 1 ? card.linking.join(' ') : '',
  }));
}

function whyTable(report: LinkReport, isAsked: boolean, session: Session): string {
  const { text, paint } = session;
  const says = text.link;
  const kinds = { line: 'id' } as const;
  const section = (title: string, body: string) => `\n${paint.strong(title)}\n${body}`;
  const names = report.identifiers.map(({ name, shared, cut }) => ({
    name,
    note: [...(shared ? [says.shared] : []), ...(cut ? [says.cut] : [])].join(', '),
  }));
  const steps = (report.chain ?? []).map((step) => ({ ...step }));
  const chain = report.chain === null ? `${says.noChain}\n` : listed(session, titled(text, stepColumns, kinds), steps);
  return [
    `${paint.strong(text.consumer.heading(String(report.consumer)))}\n`,
    section(says.identifiers, listed(session, titled(text, ['name', 'note']), names)),
    section(says.cards, listed(session, titled(text, cardColumns, kinds), cardRows(report))),
    report.more > 0 ? `${says.more(count(report.more))}\n` : '',
    isAsked ? section(says.chain, chain) : '',
  ].join('');
}

function whyCommand(session: Session): Command {
  const says = session.text.commands.linkWhy;
  return commandOf(session, 'why', says)
    .argument('<id>', says.id)
    .option('--to <value>', says.to)
    .action(async (id: string, { to }: { to?: string }) => {
      const report = await session.withProduct((product) => product.explainLink(id, to));
      await show(session, {
        json: report,
        csv: { columns: cardColumns, rows: cardRows(report) },
        table: () => whyTable(report, to !== undefined, session),
      });
    });
}

interface CutOptions {
  readonly identifier?: string;
  readonly pair?: string;
  readonly source?: string;
  readonly from?: string;
  readonly note?: string;
  readonly preview?: boolean;
}

/** What is asked for; a comma parts two identifiers where a type and a colon follow it. */
function requestOf({ identifier, pair, source, from }: CutOptions, session: Session): CutRequest {
  const [one = '', other, ...more] = pair?.split(/,\s*(?=[a-z0-9_]+:)/) ?? [];
  if (pair !== undefined && (other === undefined || more.length > 0))
    throw new InputError('option', session.text.link.notPair);
  return {
    ...(identifier === undefined ? {} : { identifier }),
    ...(other === undefined ? {} : { pair: [one, other] }),
    ...(source === undefined ? {} : { source }),
    ...(from === undefined ? {} : { from }),
  };
}

async function showChange(session: Session, cut: Cut | undefined, preview: CutPreview, told: string): Promise<void> {
  const row = { ...(cut ? { cut: cut.id } : {}), ...preview };
  const { before, after, rows } = preview;
  await show(session, {
    json: row,
    csv: { columns: Object.keys(row), rows: [row] },
    table: () => `${told}${session.text.link.changes(count(before), count(after), count(rows))}\n`,
  });
}

function cutCommand(session: Session): Command {
  const says = session.text.commands.linkCut;
  return commandOf(session, 'cut', says)
    .option('--identifier <type:value>', says.identifier)
    .option('--pair <type:value,type:value>', says.pair)
    .option('--source <name>', says.source)
    .option('--from <moment>', says.from)
    .option('--note <text>', says.note)
    .option('--preview', says.preview)
    .action(async (options: CutOptions) => {
      const request = requestOf(options, session);
      const { cut, preview } = await session.withProduct(async (product) => {
        const found = await product.previewCut(request);
        const note = options.note === undefined ? {} : { note: options.note };
        return { preview: found, cut: options.preview ? undefined : await product.cutLink({ ...request, ...note }) };
      });
      const { made, would } = session.text.link;
      await showChange(session, cut, preview, cut ? made(cut.id) : would);
    });
}

/** What a cut is of, in one cell. */
function whatOf({ kind, identifiers, source, from }: Cut, session: Session): string {
  if (kind === 'source') return source ?? '';
  if (kind === 'time') return session.text.link.since(from ?? '', source);
  return identifiers.join(', ');
}

function cutsCommand(session: Session): Command {
  return commandOf(session, 'cuts', session.text.commands.linkCuts).action(async () => {
    const cuts = await session.withProduct((product) => product.cuts());
    const isTable = session.format() === 'table';
    const rows = cuts.map((cut) =>
      isTable || session.format() === 'csv'
        ? { ...cut, kind: isTable ? session.text.link.kinds[cut.kind] : cut.kind, what: whatOf(cut, session) }
        : { ...cut },
    );
    await showRows(session, titled(session.text, cutColumns, { id: 'id' }), rows);
  });
}

function restoreCommand(session: Session): Command {
  const says = session.text.commands.linkRestore;
  return commandOf(session, 'restore', says)
    .argument('<id>', says.id, wholeNumber(session, 'ID'))
    .action(async (id: number) => {
      const { cut, preview } = await session.withProduct(async (product) => ({
        preview: await product.previewCut({ lift: id }),
        cut: await product.liftCut(id),
      }));
      await showChange(session, cut, preview, session.text.link.lifted(cut.id));
    });
}

/** `link why`, `link cut`, `link cuts`, `link restore`. */
export function linkCommand(session: Session): Command {
  return commandOf(session, 'link', session.text.commands.link)
    .addCommand(whyCommand(session))
    .addCommand(cutCommand(session))
    .addCommand(cutsCommand(session))
    .addCommand(restoreCommand(session));
}
