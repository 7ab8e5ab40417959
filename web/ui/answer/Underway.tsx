import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Params } from '../../data/answers.ts';
import { useCancelQuestion, useStanding } from '../../data/questions.ts';
import { useText } from '../../text/useText.ts';
import { standingText } from './standing.ts';

/** A question that is answered sooner is not told about. */
const MS_SHORT = 1500;

interface UnderwayProps {
  readonly analysis: string;
  readonly params: Params;
  readonly going: boolean;
  readonly onCancel: () => void;
}

/** Of a question that takes long: its place in the queue, or how far it is, and a way to end it. */
export function Underway({ analysis, params, going, onCancel }: UnderwayProps) {
  const t = useText().ui;
  const isLong = useLonger(going);
  const standing = useStanding(analysis, params, isLong);
  const cancel = useCancelQuestion();
  if (!isLong || !standing || standing.state === 'over') return null;
  const stop = () => {
    onCancel();
    void cancel(analysis, params);
  };
  return (
    <div className="qc-small" style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
      <span role="status">{standingText(standing, t.question)}</span>
      <Button size="small" onClick={stop}>
        {t.cancel}
      </Button>
    </div>
  );
}

function useLonger(going: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!going) return;
    const timer = window.setTimeout(() => setLong(true), MS_SHORT);
    return () => window.clearTimeout(timer);
  }, [going]);
  return going && long;
}
