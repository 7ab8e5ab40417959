import { Button } from 'antd';
import { given, type Params } from '../../data/answers.ts';
import { ApiError } from '../../data/apiError.ts';
import { allowHeavy } from '../../data/tickets.ts';
import { useText } from '../../text/useText.ts';
import { Failed } from '../Failed.tsx';
import { Notice } from '../Notice.tsx';
import { Waiting } from '../Waiting.tsx';
import { HeavyQuestion } from './HeavyQuestion.tsx';

interface UnansweredProps {
  readonly analysis: string;
  readonly params: Params;
  readonly height: number;
  readonly isFetching: boolean;
  /** The reader has cancelled it. */
  readonly isStopped: boolean;
  readonly error: Error | null;
  readonly onAsk: () => void;
}

/** In place of an answer that is not there: it is waited for, was cancelled, is likely to take long, or failed. */
export function Unanswered({ analysis, params, height, isFetching, isStopped, error, onAsk }: UnansweredProps) {
  const t = useText().ui;
  const anyway = () => {
    allowHeavy(analysis, given(params));
    onAsk();
  };
  if (!isFetching && isStopped)
    return (
      <Notice
        title={t.question.cancelled}
        lead={t.question.cancelledLead}
        action={<Button onClick={onAsk}>{t.retry}</Button>}
      />
    );
  if (!isFetching && error instanceof ApiError && error.code === 'question_heavy')
    return <HeavyQuestion analysis={analysis} params={params} onAsk={anyway} />;
  return error ? <Failed error={error} onRetry={onAsk} /> : <Waiting height={height} />;
}
