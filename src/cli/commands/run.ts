import type { Command } from 'commander';
import { z } from 'zod';
import { type Analysis, unitOf } from '../../analyses/analysis.ts';
import type { Answer } from '../../app/reports.ts';
import { InputError } from '../../base/errors.ts';
import { listed, show } from '../answer.ts';
import { fullParamsOf, wordsOf } from '../params.ts';
import type { Row } from '../product.ts';
import { fastReport } from '../render/fast-report.ts';
import { momentIn } from '../render/moment.ts';
import { count } from '../render/numbers.ts';
import { picture } from '../render/picture.ts';
import { shownStages } from '../render/stages.ts';
import type { Column, Kind } from '../render/table.ts';
import type { Session } from '../session.ts';
import { shelfCommand } from './shelf.ts';

/** The columns of an analysis, titled and shown as it says. */
export function columnsOf(analysis: Analysis, session: Session): Column[] {
  const kind = (id: string, row: Row): Kind => {
    const unit = unitOf(analysis, id, row);
    return unit === undefined || unit === 'count' ? 'auto' : unit;
  };
  return Object.entries(analysis.columns).map(([id, title]) => ({
    id,
    title: title[session.locale],
    kindOf: (row) => kind(id, row),
  }));
}

/** What an answer stands on: rows, data, rules, time taken. */
function footing({ rows, as_of, rules, ms }: Answer, zone: string, session: Session): string {
  const { foot } = session.text;
  const parts = [
    foot.rows(count(rows.length)),
    `${foot.asOf} ${momentIn(zone, as_of)}`,
    `${foot.rules} ${rules}`,
    `${count(ms)} ms`,
  ];
  return `${session.paint.faint(parts.join(' · '))}\n`;
}

async function answerTable(analysis: Analysis, answer: Answer, session: Session): Promise<string> {
  const { text, paint, locale } = session;
  const product = await session.product();
  const stages = shownStages(await product.ruleSet(answer.rules), text, locale);
  const drawn = picture(analysis, answer, { text, paint, stages });
  return [
    `${paint.strong(analysis.title[locale])}  ${paint.faint(wordsOf(answer.params))}\n\n`,
    listed(session, columnsOf(analysis, session), answer.rows),
    drawn && `\n${drawn}`,
    `\n${footing(answer, product.config.zone, session)}`,
  ].join('');
}

async function runRows(analysis: Analysis, params: Row, session: Session): Promise<void> {
  const answer = await session.withProduct((product, watch) => product.run(analysis.id, params, watch));
  const isReport = analysis.id === 'fast';
  await show(session, {
    json: answer,
    csv: { columns: Object.keys(analysis.columns), rows: answer.rows },
    table: () => (isReport ? fastReport(answer, session) : answerTable(analysis, answer, session)),
  });
}

function rowOf(given: string, analysis: Analysis, session: Session): Row {
  const columns = Object.keys(analysis.columns);
  const fault = () => new InputError('people', session.text.params.people(columns.join(', ')));
  let value: unknown;
  try {
    value = JSON.parse(given);
  } catch {
    throw fault();
  }
  const row = z.record(z.string(), z.unknown()).safeParse(value);
  if (!row.success || Object.keys(row.data).some((column) => !columns.includes(column))) throw fault();
  return row.data;
}

async function runPeople(analysis: Analysis, params: Row, row: Row, session: Session): Promise<void> {
  const consumers = await session.withProduct((product, watch) => product.people(analysis.id, params, row, watch));
  await show(session, {
    json: { consumers },
    csv: { columns: ['consumer'], rows: consumers.map((consumer) => ({ consumer })) },
    table: () => consumers.map((consumer) => `${consumer}\n`).join(''),
  });
}

/** `run ID`: the rows of an analysis, or the consumers behind some of them. */
export function runCommand(session: Session): Command {
  const says = session.text.commands.run;
  return shelfCommand(
    session,
    'run',
    async (analysis, command) => {
      const params = fullParamsOf(command, analysis, session);
      const { people } = command.opts<{ people?: string }>();
      if (people === undefined) return runRows(analysis, params, session);
      return runPeople(analysis, params, rowOf(people, analysis, session), session);
    },
    (command) => command.option('--people <row>', says.people),
  );
}
