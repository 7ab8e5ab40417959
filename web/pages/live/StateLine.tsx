import type { LiveState } from '../../../src/api/live.ts';
import { bytesIn } from '../../format/bytes.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';

/** Up to when everything is in, and what was turned away. */
export function StateLine({ live }: { readonly live: LiveState | undefined }) {
  const t = useText().live;
  const format = useFormat();
  if (!live) return <p className="qc-sentence">&nbsp;</p>;
  const { waiting, as_of, refused } = live;
  const told = waiting.oldest
    ? t.waits(bytesIn(waiting.bytes), format.moment(waiting.oldest))
    : t.allIn(format.moment(as_of));
  const away = Object.entries(refused).filter(([, count]) => count > 0);
  return (
    <p className="qc-sentence" aria-live="polite">
      {told}
      {away.length > 0 ? (
        <span className="qc-muted">
          {' · '}
          {t.refused}{' '}
          {away.map(([reason, count]) => `${t.refusals[reason] ?? reason} ${format.count(count)}`).join(' · ')}
        </span>
      ) : null}
    </p>
  );
}
