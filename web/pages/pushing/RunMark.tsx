import type { PushRun } from '../../../src/api/pushes.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayFault } from '../../ui/Failed.tsx';
import { StateMark } from '../../ui/StateMark.tsx';

const tones = { planning: 'going', sending: 'going', done: 'good', failed: 'fault' } as const;

/** The state of a run; why it failed, or that the destination refused records, stands in words beside it. */
export function RunMark({ run }: { readonly run: PushRun }) {
  const t = useText();
  const format = useFormat();
  const { state, error, refused, delivered } = run;
  const isRefused = state === 'done' && refused > 0;
  const tone = isRefused && delivered === 0 ? 'fault' : tones[state];
  return (
    <>
      <StateMark tone={tone}>{isRefused ? t.pushes.doneRefused : t.pushes.states[state]}</StateMark>
      {isRefused ? <div className="qc-small qc-muted">{t.pushes.refusedOf(format.count(refused))}</div> : null}
      {error ? <div className="qc-small qc-muted">{sayFault(error, t.ui)}</div> : null}
    </>
  );
}

/** Members of whom nothing is sent, but for the control. */
export function skippedOf({ counts }: Pick<PushRun, 'counts'>): number | null {
  if (!counts) return null;
  return counts.excluded + counts.suppressed + counts.consent + counts.capped + counts.unreachable;
}
