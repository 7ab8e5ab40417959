import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Analysis } from '../../analyses/analysis.ts';
import type { Cost } from '../../api/analyses.ts';
import { explainAnywhere } from '../../app/asking.ts';
import { homeDir } from '../../app/home.ts';
import { listed, show, titled } from '../answer.ts';
import { type Flag, flagsOf, fullParamsOf, paramsOf, wordsOf } from '../params.ts';
import type { Row } from '../product.ts';
import { bytes, count } from '../render/numbers.ts';
import type { Session } from '../session.ts';
import { exampleOf, shelfCommand } from './shelf.ts';

interface Known {
  /** The parameters the SQL is of. */
  readonly params: Row;
  readonly sql: string;
  readonly doc: string;
  /** Where parameters are given, and a home to ask of. */
  readonly cost?: Cost;
  /** The home's currency; nothing where there is no home. */
  readonly currency?: string;
}

/** Headings of the page whose content the terminal makes from the analysis itself. */
const madeElsewhere = ['Parameters', 'Columns'];

function sectionsOf(doc: string): string {
  const sections = doc.split(/^(?=## )/m).slice(1);
  return sections.filter((section) => !madeElsewhere.some((name) => section.startsWith(`## ${name}`))).join('');
}

function parameterRows(flags: readonly Flag[], session: Session): Row[] {
  const { params } = session.text;
  return flags.map(({ name, meaning, form, isRequired, fallback }) => ({
    parameter: `--${name}`,
    form: `${form}; ${isRequired ? params.required : fallback === undefined ? params.optional : params.default(fallback)}`,
    meaning,
  }));
}

function columnRows(analysis: Analysis, currency: string | undefined, session: Session): Row[] {
  const { explain } = session.text;
  const unit = (id: string) => {
    if (analysis.rates?.includes(id)) return explain.rate;
    const shares = Object.entries(analysis.units?.[id]?.of ?? {}).filter(([, each]) => each === 'rate');
    if (shares.length > 0) return `${shares.map(([value]) => value).join(', ')}: ${explain.rate}`;
    return analysis.money?.includes(id) && currency ? explain.money(currency) : '';
  };
  return Object.entries(analysis.columns).map(([column, title]) => ({
    column,
    title: title[session.locale],
    unit: unit(column),
  }));
}

function page(analysis: Analysis, known: Known, session: Session): string {
  const { text, paint, locale } = session;
  const { currency } = known;
  const parameters = parameterRows(flagsOf(analysis, session), session);
  return [
    `${paint.strong(`${analysis.id} · ${analysis.title[locale]}`)}\n${analysis.question[locale]}\n`,
    `${text.explain.origin(text.origin[analysis.origin])}\n`,
    `\n${listed(session, titled(text, ['parameter', 'form', 'meaning']), parameters)}`,
    `\n${listed(session, titled(text, ['column', 'title', 'unit']), columnRows(analysis, currency, session))}`,
    `\n${sectionsOf(known.doc).trim()}\n\n${paint.strong(text.explain.sql)} ${paint.faint(wordsOf(known.params))}\n${known.sql.trim()}\n`,
    known.cost ? `\n${paint.strong(text.explain.cost)} ${costText(known.cost, session)}\n` : '',
  ].join('');
}

/** What a question is likely to cost, in a line. */
function costText(cost: Cost, { text }: Session): string {
  const says = text.explain;
  if (cost.origin === 'kept') return says.kept;
  const { from, to } = cost.seconds;
  const amounts = says.costs(`${from} s`, `${to} s`, count(cost.rows), bytes(cost.bytes), bytes(cost.memory));
  const first = cost.first > 0 ? `; ${says.first(`${cost.first} s`)}` : '';
  return `${amounts} (${cost.origin === 'runs' ? says.byRuns(cost.runs) : says.byRows})${first}`;
}

/** By the home's own rules and brands; where there is no home, by the default ones, for explaining makes no folders. */
async function knownOf(analysis: Analysis, command: Command, session: Session): Promise<Known> {
  const { params } = paramsOf(command, analysis, session);
  const isAsked = Object.keys(params).length > 0;
  const of = isAsked ? fullParamsOf(command, analysis, session) : exampleOf(analysis, session);
  if (!existsSync(homeDir(session.home(), session.io.env))) return { params: of, ...explainAnywhere(analysis.id, of) };
  return session.withProduct(async (product) => ({
    params: of,
    currency: product.config.currency,
    ...(isAsked ? { cost: await product.cost(analysis.id, of) } : {}),
    ...(await product.explain(analysis.id, of)),
  }));
}

async function explain(analysis: Analysis, command: Command, session: Session): Promise<void> {
  const known = await knownOf(analysis, command, session);
  const { id, title, question, origin, columns } = analysis;
  const parameters = parameterRows(flagsOf(analysis, session), session);
  const params = z.toJSONSchema(analysis.params, { io: 'input', unrepresentable: 'any' });
  await show(session, {
    json: {
      id,
      title,
      question,
      origin,
      params,
      columns,
      doc: known.doc,
      sql: known.sql,
      ...(known.cost ? { cost: known.cost } : {}),
    },
    csv: { columns: ['parameter', 'form', 'meaning'], rows: parameters },
    table: () => page(analysis, known, session),
  });
}

/** `explain ID`: one analysis in full. */
export function explainCommand(session: Session): Command {
  return shelfCommand(
    session,
    'explain',
    (analysis, command) => explain(analysis, command, session),
    () => {},
  );
}
