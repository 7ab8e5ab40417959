import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { type Line, LineTrend } from '../../charts/LineTrend.tsx';
import type { Params } from '../../data/answers.ts';
import { rowsAs, type TrendRow } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { crossed } from '../../ui/answer/crossed.ts';
import { useStages } from '../../ui/useStages.ts';
import { trendFacts } from './moves.ts';

interface TrendCardProps {
  readonly params: Params;
  readonly rules?: string;
  readonly stacked?: boolean;
  readonly height?: number;
  readonly className?: string;
}

/** Consumers at each stage at the end of every day. */
export function TrendCard({ params, rules, stacked = false, height = 320, className }: TrendCardProps) {
  const t = useText().assets;
  const format = useFormat();
  const stages = useStages(rules);
  const sentence = ({ rows }: AnswerBody) => {
    const { first, last, stage } = trendFacts(rowsAs<TrendRow>(rows));
    const lead = t.trend(format.count(last), format.difference(last - first, 'count'));
    return stage && stage.by !== 0
      ? lead + t.trendStage(stages.name(stage.code), format.difference(stage.by, 'count'))
      : lead;
  };
  return (
    <AnswerCard
      analysis="aipl-trend"
      params={params}
      sentence={sentence}
      height={height}
      chart={(answer, openRow) => (
        <Trend
          rows={rowsAs<TrendRow>(answer.rows)}
          rules={rules}
          stacked={stacked}
          height={height}
          title={t.trendTitle}
          onOpen={openRow}
        />
      )}
      {...(className ? { className } : {})}
    />
  );
}

interface TrendProps {
  readonly rows: readonly TrendRow[];
  readonly rules: string | undefined;
  readonly stacked: boolean;
  readonly height: number;
  readonly title: string;
  readonly onOpen: OpenRow;
}

function Trend({ rows, rules, stacked, height, title, onOpen }: TrendProps) {
  const stages = useStages(rules);
  const { days, lines } = useMemo(() => {
    const { names, series, at } = crossed(rows, 'date', 'consumers', 'stage');
    const drawn = series.map((code, index) => ({
      id: String(code),
      name: stages.name(String(code)),
      color: stages.color(String(code)),
      values: names.map((_, place) => at(index, place)?.consumers as number | null),
    }));
    return { days: names.map(String), lines: drawn };
  }, [rows, stages]);
  const pick = (line: Line, day: string) => {
    const row = rows.find((each) => each.date === day && each.stage === line.id);
    if (row) onOpen(row, `${day} · ${line.name}`);
  };
  return (
    <LineTrend title={title} days={days} lines={lines} kind="count" stacked={stacked} height={height} onPick={pick} />
  );
}
