import { useFormat } from '../../../format/useFormat.ts';
import { useText } from '../../../text/useText.ts';
import { useBuild } from './build.ts';

/** A condition's own consumers and those that remain after it, as numbers over a bar of everybody. */
export function Figures({ id }: { readonly id: number }) {
  const { figures, isStale, everybody } = useBuild();
  const t = useText().audiences.build;
  const format = useFormat();
  const figure = figures.get(id);
  if (!figure) return <span className="qc-rule-figures" />;
  const { consumers, remaining } = figure;
  const share = (count: number) => `${Math.min(100, (100 * count) / Math.max(1, everybody))}%`;
  return (
    <span className="qc-rule-figures" data-stale={isStale || undefined} data-testid="figures">
      <span className="qc-rule-counts">
        <span title={t.aloneTip}>{t.alone(format.count(consumers))}</span>
        {remaining === null ? null : <strong title={t.remainingTip}>{t.remaining(format.count(remaining))}</strong>}
      </span>
      <span className="qc-rule-bar" aria-hidden="true">
        <span style={{ width: share(consumers) }} />
        {remaining === null ? null : <span className="qc-rule-bar-left" style={{ width: share(remaining) }} />}
      </span>
    </span>
  );
}
