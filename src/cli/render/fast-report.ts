import type { Answer } from '../../app/reports.ts';
import { addDays, dayNumber } from '../../base/day.ts';
import type { Watch } from '../../base/progress.ts';
import type { RuleSet } from '../../model/rules/ruleSet.ts';
import { wordsOf } from '../params.ts';
import type { Product, Row } from '../product.ts';
import type { Session } from '../session.ts';
import { flowOf, flowPicture } from './flow.ts';
import { momentIn } from './moment.ts';
import { absent, count, percent, points, signed } from './numbers.ts';
import { bySign } from './paint.ts';
import { shownStages } from './stages.ts';
import { padEnd, padStart, widthOf } from './width.ts';

const metrics = ['F', 'A', 'S', 'T'] as const;
type Metric = (typeof metrics)[number];
const ratios: readonly Metric[] = ['A', 'T'];

interface Period {
  readonly from: string;
  readonly to: string;
}

/** What the report is drawn from, all answers of the shelf. */
interface Asked {
  readonly before: Period;
  readonly previous: Answer;
  readonly flow: Answer;
  readonly rules: RuleSet;
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);

function metricOf(answer: Answer, metric: Metric): Row {
  return answer.rows.find((row) => row.metric === metric) ?? {};
}

/** The period of equal length that ends the day before. */
function periodBefore({ from, to }: Period): Period {
  return { from: addDays(from, dayNumber(from) - dayNumber(to) - 1), to: addDays(from, -1) };
}

async function ask(product: Product, answer: Answer, period: Period, watch: Watch): Promise<Asked> {
  const params = { ...answer.params, rules: answer.rules };
  const before = periodBefore(period);
  const previous = await product.run('fast', { ...params, ...before }, watch);
  const flow = await product.run('aipl-flow', { ...params, ...period }, watch);
  return { before, previous, flow, rules: await product.ruleSet(answer.rules) };
}

function valueText(value: number | null, metric: Metric, unknown: string): string {
  if (value === null) return unknown;
  return ratios.includes(metric) ? percent(value) : count(value);
}

function changeText(now: number | null, then: number | null, metric: Metric, session: Session): string {
  if (now === null || then === null) return absent;
  const { points: worded } = session.text.fast;
  const format = ratios.includes(metric) ? (value: number) => worded(points(value)) : count;
  const difference = ratios.includes(metric) ? Number((now - then).toFixed(5)) : now - then;
  const shown = signed(difference, format);
  return bySign(session.paint, difference, shown);
}

function metricLines(answer: Answer, { previous, rules }: Asked, hasPrevious: boolean, session: Session): string[] {
  const { fast } = session.text;
  const stages = rules.stages.map(({ code }) => code).join(' ');
  const shown = metrics.map((metric) => {
    const row = metricOf(answer, metric);
    const value = numberOf(row.value);
    const then = hasPrevious ? numberOf(metricOf(previous, metric).value) : null;
    const part = (id: string) => count(numberOf(row[id]) ?? 0);
    return {
      name: `${metric}  ${fast.metrics[metric]}`,
      value: valueText(value, metric, fast.unknown),
      change: changeText(value, then, metric, session),
      words: fast.words[metric](part('numerator'), part('denominator'), stages, rules.active_member.days),
    };
  });
  const width = (of: (line: (typeof shown)[number]) => string) => Math.max(...shown.map((line) => widthOf(of(line))));
  const [names, values] = [width(({ name }) => name), width(({ value }) => value)];
  return shown.flatMap(({ name, value, change, words }) => [
    [padEnd(name, names), padStart(session.paint.strong(value), values), change].join('  '),
    `   ${session.paint.faint(words)}`,
  ]);
}

/** FAST of a period: the four with their parts in words, beside the period before, and how the stages flowed. */
export async function fastReport(answer: Answer, session: Session): Promise<string> {
  const { text, paint, locale } = session;
  const period = { from: String(answer.params.from), to: String(answer.params.to) };
  const asked = await session.withProduct((product, watch) => ask(product, answer, period, watch));
  const { before } = asked;
  const { zone } = (await session.product()).config;
  const { from: _from, to: _to, ...scope } = answer.params;
  const hasPrevious = (numberOf(metricOf(asked.previous, 'F').value) ?? 0) > 0;
  const compared = hasPrevious ? text.fast.previous : text.fast.noPrevious;
  const stages = shownStages(asked.rules, text, locale);
  const columns = { from: 'from_stage', to: 'to_stage', value: 'consumers' };
  return [
    `${paint.strong(`${text.fast.heading}  ${period.from} – ${period.to}`)}  ${wordsOf(scope)}`.trimEnd(),
    '\n\n',
    ...metricLines(answer, asked, hasPrevious, session).map((line) => `${line}\n`),
    `${paint.faint(compared(before.from, before.to))}\n\n`,
    flowPicture(flowOf(asked.flow.rows, columns, stages), period, text, paint),
    `\n${paint.faint(`${text.foot.asOf} ${momentIn(zone, answer.as_of)} · ${text.foot.rules} ${answer.rules}`)}\n`,
  ].join('');
}
