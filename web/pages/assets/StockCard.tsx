import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { Funnel, type FunnelStep } from '../../charts/Funnel.tsx';
import type { Params } from '../../data/answers.ts';
import { rowsAs, type StockRow } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard, type OpenRow } from '../../ui/answer/AnswerCard.tsx';
import { useStages } from '../../ui/useStages.ts';
import { headcount, largest } from './moves.ts';

interface StockCardProps {
  readonly params: Params & { readonly on: string };
  readonly rules?: string;
  readonly className?: string;
}

/** How many consumers stand at each stage at the end of a day. */
export function StockCard({ params, rules, className }: StockCardProps) {
  const t = useText().assets;
  const format = useFormat();
  const stages = useStages(rules);
  const sentence = ({ rows }: AnswerBody) => {
    const held = rowsAs<StockRow>(rows);
    const all = headcount(held);
    const top = largest(held, 1)[0];
    if (!top || all === 0) return t.nobody(params.on);
    const share = format.exact(top.consumers / all, 'rate');
    return t.stock(params.on, format.count(all), stages.name(top.stage), format.count(top.consumers), share);
  };
  return (
    <AnswerCard
      analysis="aipl-stock"
      params={params}
      sentence={sentence}
      chart={(answer, openRow) => (
        <StockFunnel rows={rowsAs<StockRow>(answer.rows)} rules={rules} title={t.stockTitle} onOpen={openRow} />
      )}
      {...(className ? { className } : {})}
    />
  );
}

interface StockFunnelProps {
  readonly rows: readonly StockRow[];
  readonly rules: string | undefined;
  readonly title: string;
  readonly onOpen: OpenRow;
}

function StockFunnel({ rows, rules, title, onOpen }: StockFunnelProps) {
  const stages = useStages(rules);
  const steps = useMemo(
    () =>
      rows.map(({ stage, consumers }) => ({
        id: stage,
        name: stages.name(stage),
        value: consumers,
        color: stages.color(stage),
      })),
    [rows, stages],
  );
  const pick = ({ id, name }: FunnelStep) => {
    const row = rows.find((each) => each.stage === id);
    if (row) onOpen(row, name);
  };
  return <Funnel title={title} steps={steps} share="total" height={300} onPick={pick} />;
}
