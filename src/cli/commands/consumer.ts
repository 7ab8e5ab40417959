import type { Command } from 'commander';
import type { ConsumerReport } from '../../app/reports.ts';
import { listed, show, titled } from '../answer.ts';
import { commandOf, wholeNumber } from '../command.ts';
import type { Row } from '../product.ts';
import { count } from '../render/numbers.ts';
import type { Session } from '../session.ts';

const momentsShown = 30;
const momentColumns = ['at', 'entity', 'what', 'detail'] as const;

function identifierRows(report: ConsumerReport, session: Session): Row[] {
  const { personal, shared } = session.text.consumer;
  return report.identifiers.map((each) => ({
    type: each.type,
    value: each.value,
    note: [...(each.personal ? [personal] : []), ...(each.shared ? [shared] : [])].join(', '),
  }));
}

function consumerTable(report: ConsumerReport, moments: number, session: Session): string {
  const { text, paint } = session;
  const says = text.consumer;
  const shown = moments === 0 ? report.timeline : report.timeline.slice(0, moments);
  const left = report.timeline.length - shown.length;
  const profile = Object.entries(report.profile).map(([name, value]) => ({ name, value }));
  const stages = report.stages.map((each) => ({ ...each, to: each.to ?? says.still }));
  const section = (title: string, ids: Parameters<typeof titled>[1], rows: readonly Row[]) =>
    `\n${paint.strong(title)}\n${listed(session, titled(text, ids, { line: 'id', value: 'text' }), rows)}`;
  const copies = (rows: readonly object[]): Row[] => rows.map((row) => ({ ...row }));
  return [
    `${paint.strong(says.heading(String(report.consumer)))}\n`,
    section(says.identifiers, ['type', 'value', 'note'], identifierRows(report, session)),
    section(says.links, ['left', 'right', 'file', 'line', 'rows'], copies(report.links)),
    section(says.stages, ['stage', 'from', 'to'], stages),
    section(says.profile, ['name', 'value'], profile),
    section(says.timeline, momentColumns, copies(shown)),
    left > 0 ? `${says.more(count(left))}\n` : '',
  ].join('');
}

function showCommand(session: Session): Command {
  const says = session.text.commands.consumerShow;
  return commandOf(session, 'show', says)
    .argument('<id>', says.id)
    .option('--moments <n>', says.moments, wholeNumber(session, '--moments'), momentsShown)
    .action(async (id: string, { moments }: { moments: number }) => {
      const report = await session.withProduct((product) => product.consumer(id));
      await show(session, {
        json: report,
        csv: { columns: momentColumns, rows: report.timeline.map((moment) => ({ ...moment })) },
        table: () => consumerTable(report, moments, session),
      });
    });
}

/** `consumer show ID`. */
export function consumerCommand(session: Session): Command {
  return commandOf(session, 'consumer', session.text.commands.consumer).addCommand(showCommand(session));
}
