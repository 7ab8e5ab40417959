import type { AnswerBody } from '../../../src/api/analyses.ts';
import type { Params } from '../../data/answers.ts';
import { type FlowRow, rowsAs } from '../../data/rows.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { AnswerCard } from '../../ui/answer/AnswerCard.tsx';
import { useStages } from '../../ui/useStages.ts';
import { FlowMatrix } from './FlowMatrix.tsx';
import { flowFacts } from './moves.ts';

interface FlowCardProps {
  readonly params: Params & { readonly from: string; readonly to: string };
  readonly rules?: string;
  /** Bands, or a table of from against to. */
  readonly look?: 'bands' | 'matrix';
  readonly height?: number;
  readonly className?: string;
}

/** From which stage to which consumers went between two days; a band opens its people. */
export function FlowCard({ params, rules, look = 'bands', height = 340, className }: FlowCardProps) {
  const t = useText().assets;
  const format = useFormat();
  const stages = useStages(rules);
  const sentence = ({ rows }: AnswerBody) => {
    const { all, stayed, band } = flowFacts(rowsAs<FlowRow>(rows));
    const lead = t.flow(params.from, params.to, format.count(all), format.exact(stayed / Math.max(all, 1), 'rate'));
    if (!band) return lead;
    return lead + t.flowBand(stages.name(band.from_stage), stages.name(band.to_stage), format.count(band.consumers));
  };
  return (
    <AnswerCard
      analysis="aipl-flow"
      params={params}
      title={look === 'matrix' ? t.matrixTitle : t.flowTitle}
      sentence={look === 'matrix' ? () => t.matrixLead : sentence}
      height={height}
      {...(look === 'matrix'
        ? {
            chart: (answer, openRow) => (
              <FlowMatrix rows={rowsAs<FlowRow>(answer.rows)} rules={rules} height={height} onOpen={openRow} />
            ),
          }
        : {})}
      {...(className ? { className } : {})}
    />
  );
}
