import { Alert, Card } from 'antd';
import type { RuleExplained } from '../../../../src/api/audiences.ts';
import type { Locale } from '../../../../src/base/text.ts';
import { percent } from '../../../format/number.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { useSay, useText } from '../../../text/useText.ts';
import { Working } from '../../../ui/Waiting.tsx';

interface SummaryProps {
  readonly explained: RuleExplained | undefined;
  readonly isGoing: boolean;
  readonly isStale: boolean;
  /** Faults that belong to no condition. */
  readonly faults: readonly string[];
  readonly everybody: number;
}

/** The rule as a sentence, and how many consumers it takes. */
export function Summary({ explained, isGoing, isStale, faults, everybody }: SummaryProps) {
  const t = useText().audiences.build;
  const say = useSay();
  const format = useFormat();
  const share = explained && everybody > 0 ? shareOf(explained.consumers / everybody, format.style.locale) : undefined;
  const isFaulty = !isGoing && isStale;
  return (
    <Card size="small" className="qc-rule-summary" aria-busy={isGoing}>
      <Working going={isGoing} />
      <div className="qc-rule-summary-row" data-stale={isStale || undefined}>
        <div>
          <div className="qc-small qc-muted">{t.sum}</div>
          <div className="qc-figure" data-testid="sum">
            {explained ? format.count(explained.consumers) : '–'}
          </div>
          {isFaulty ? <div className="qc-small">{t.noCount}</div> : null}
          {share ? <div className="qc-small qc-muted">{t.of(share, format.count(everybody))}</div> : null}
        </div>
        <p className="qc-rule-sentence">{explained ? say(explained.sentence) : ''}</p>
      </div>
      {faults.length > 0 ? (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={t.faults}
          description={<div style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{faults.join('\n')}</div>}
        />
      ) : null}
    </Card>
  );
}

/** Below this a share would be told as none. */
const LEAST = 0.001;

function shareOf(share: number, locale: Locale): string {
  return share > 0 && share < LEAST ? `< ${percent(LEAST, locale)}` : percent(share, locale);
}
