import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { Funnel } from '../../charts/Funnel.tsx';
import { rowsAs, type StockRow } from '../../data/rows.ts';
import { useText } from '../../text/useText.ts';
import { useOpen } from '../../ui/opening.ts';
import { useStages } from '../../ui/useStages.ts';

interface StockPartProps {
  readonly stock: AnswerBody;
  readonly on: string;
}

/** How many consumers stand at each stage at the end of the period. */
export function StockPart({ stock, on }: StockPartProps) {
  const t = useText().reports;
  const stages = useStages(stock.rules);
  const open = useOpen();
  const rows = rowsAs<StockRow>(stock.rows);
  const steps = useMemo(
    () =>
      rowsAs<StockRow>(stock.rows).map(({ stage, consumers }) => ({
        id: stage,
        name: stages.name(stage),
        value: consumers,
        color: stages.color(stage),
      })),
    [stock, stages],
  );
  return (
    <section>
      <h3>{t.stock(on)}</h3>
      <Funnel
        title={t.stock(on)}
        steps={steps}
        share="total"
        height={240}
        onPick={({ id, name }) => {
          const row = rows.find(({ stage }) => stage === id);
          if (row) open({ analysis: 'aipl-stock', params: stock.params, row, label: name });
        }}
      />
    </section>
  );
}
