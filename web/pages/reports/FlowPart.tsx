import { useMemo } from 'react';
import type { AnswerBody } from '../../../src/api/analyses.ts';
import { Sankey } from '../../charts/Sankey.tsx';
import { type FlowRow, rowsAs } from '../../data/rows.ts';
import { useText } from '../../text/useText.ts';
import { useOpen } from '../../ui/opening.ts';
import { useStages } from '../../ui/useStages.ts';

interface FlowPartProps {
  readonly flow: AnswerBody;
  readonly from: string;
  readonly to: string;
}

/** From which stage to which consumers went; a band opens its people. */
export function FlowPart({ flow, from, to }: FlowPartProps) {
  const t = useText().reports;
  const stages = useStages(flow.rules);
  const open = useOpen();
  const rows = useMemo(() => rowsAs<FlowRow>(flow.rows), [flow]);
  const flows = useMemo(
    () => rows.map(({ from_stage, to_stage, consumers }) => ({ from: from_stage, to: to_stage, value: consumers })),
    [rows],
  );
  const order = useMemo(() => [...stages.codes].reverse().concat('none'), [stages]);
  return (
    <section>
      <h3>{t.flow(from, to)}</h3>
      <Sankey
        title={t.flow(from, to)}
        flows={flows}
        order={order}
        name={stages.name}
        color={stages.color}
        height={240}
        onPick={(band) => {
          const row = rows.find((each) => each.from_stage === band.from && each.to_stage === band.to);
          const label = `${stages.name(band.from)} → ${stages.name(band.to)}`;
          if (row) open({ analysis: 'aipl-flow', params: flow.params, row, label });
        }}
      />
    </section>
  );
}
