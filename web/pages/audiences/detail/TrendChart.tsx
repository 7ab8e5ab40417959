import { useMemo } from 'react';
import type { AnswerBody } from '../../../../src/api/analyses.ts';
import { Bars } from '../../../charts/Bars.tsx';
import { type Line, LineTrend } from '../../../charts/LineTrend.tsx';
import { useText } from '../../../text/useText.ts';
import type { OpenRow } from '../../../ui/answer/AnswerCard.tsx';
import { NothingHere } from '../../../ui/Empty.tsx';
import { useStages } from '../../../ui/useStages.ts';
import { daysOf, linesOf, type TrendCell, type TrendMeasure } from './trend.ts';
import { useTgiWords } from './useTgiWords.ts';

/** Lines that can be told apart. */
const MOST_LINES = 8;

interface TrendChartProps {
  readonly answer: AnswerBody;
  readonly measure: TrendMeasure;
  readonly openRow: OpenRow;
}

/** The values of one tag over time, a line each; bars where one day is all that can be told. */
export function TrendChart({ answer, measure, openRow }: TrendChartProps) {
  const t = useText().audiences.shown;
  const words = useTgiWords();
  const stages = useStages();
  const cells = answer.rows as unknown as readonly TrendCell[]; // as: the columns of the analysis
  const days = useMemo(() => daysOf(cells), [cells]);
  const tag = cells[0]?.tag ?? '';
  const lines: Line[] = linesOf(cells, measure, MOST_LINES).map(({ value, values }) => ({
    id: value,
    name: words.value({ tag, value }),
    ...(tag === 'stage' ? { color: stages.color(value) } : {}),
    values,
  }));
  if (!lines.some(({ values }) => values.some((each) => each !== null)))
    return lines.length === 0 ? <NothingHere /> : <p className="qc-muted">{t.trendTooFew}</p>;
  const pick = ({ id, name }: Line, on: string) => {
    const row = answer.rows.find((each) => each.on === on && each.value === id);
    if (row) openRow(row, `${on} · ${name}`);
  };
  const common = { title: t.trend, kind: measure === 'share' ? 'rate' : 'number' } as const;
  const [only = '', ...more] = days;
  if (more.length > 0) return <LineTrend {...common} days={days} lines={lines} onPick={pick} />;
  const values = lines.map((line) => line.values[0] ?? null);
  return (
    <Bars
      {...common}
      names={lines.map(({ name }) => name)}
      series={[{ id: only, name: only, values, colors: lines.map(({ color }) => color) }]}
      lying
      onPick={(_, at) => lines[at] && pick(lines[at], only)}
    />
  );
}
