import { Button } from 'antd';
import type { Params } from '../../data/answers.ts';
import { bytesIn } from '../../format/bytes.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Notice } from '../Notice.tsx';
import { Waiting } from '../Waiting.tsx';
import { useCost } from './useCost.ts';

interface HeavyQuestionProps {
  readonly analysis: string;
  readonly params: Params;
  readonly onAsk: () => void;
}

/** In place of an answer that is likely to take long: what it would cost, and asking it all the same. */
export function HeavyQuestion({ analysis, params, onAsk }: HeavyQuestionProps) {
  const t = useText().ui.question;
  const format = useFormat();
  const { data: cost, isPending } = useCost(analysis, params);
  if (isPending) return <Waiting />;
  const lead = cost && (
    <>
      <div>
        {t.heavyLead(
          t.seconds(cost.seconds.from),
          t.seconds(cost.seconds.to),
          format.brief(cost.rows, 'count'),
          bytesIn(cost.bytes),
        )}
      </div>
      {cost.first > 0 ? <div>{t.first(t.seconds(cost.first))}</div> : null}
      <div className="qc-small">{cost.origin === 'runs' ? t.byRuns(cost.runs) : t.byRows}</div>
    </>
  );
  return <Notice title={t.heavy} lead={lead} action={<Button onClick={onAsk}>{t.anyway}</Button>} />;
}
