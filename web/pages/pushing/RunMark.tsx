import type { PushRun } from '../../../src/api/pushes.ts';
import { useText } from '../../text/useText.ts';
import { sayFault } from '../../ui/Failed.tsx';
import { StateMark } from '../../ui/StateMark.tsx';

const tones = { planning: 'going', sending: 'going', done: 'good', failed: 'fault' } as const;

/** The state of a run; why it failed stands in words beside it. */
export function RunMark({ run: { state, error } }: { readonly run: Pick<PushRun, 'state' | 'error'> }) {
  const t = useText();
  return (
    <>
      <StateMark tone={tones[state]}>{t.pushes.states[state]}</StateMark>
      {error ? <div className="qc-small qc-muted">{sayFault(error, t.ui)}</div> : null}
    </>
  );
}

/** Members of whom nothing is sent, but for the control. */
export function skippedOf({ counts }: Pick<PushRun, 'counts'>): number | null {
  if (!counts) return null;
  return counts.excluded + counts.suppressed + counts.consent + counts.capped + counts.unreachable;
}
