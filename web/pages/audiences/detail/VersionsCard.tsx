import { Button, Card } from 'antd';
import { Link } from 'wouter';
import type { Audience } from '../../../../src/api/audiences.ts';
import { useAudienceVersions } from '../../../data/audiences.ts';
import { useFormat } from '../../../format/useFormat.ts';
import { useSay, useText } from '../../../text/useText.ts';
import { Failed } from '../../../ui/Failed.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import { useUrlState } from '../../../url/urlState.ts';
import { Comparison } from '../builder/Comparison.tsx';
import { hashOf } from '../builder/link.ts';
import { useSides } from '../builder/useSides.ts';

/** How the rule was written over time, and any two versions or audiences against each other. */
export function VersionsCard({ audience: { id, version: current, on } }: { readonly audience: Audience }) {
  const a = useText().audiences;
  const say = useSay();
  const format = useFormat();
  const sides = useSides(id);
  const [state, set] = useUrlState({ left: '', right: '' });
  const { data, error, refetch } = useAudienceVersions(id);
  return (
    <Card size="small" title={a.shown.versions}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      <ul className="qc-audience-versions">
        {(data ?? []).map(({ version, rule, sentence, fixed_on: fixed, written_at: at, written_by: by }) => (
          <li key={version}>
            <strong>{a.version(version)}</strong>
            {version === current ? <StateMark tone="good">{a.shown.current}</StateMark> : null}
            <span className="qc-muted qc-small">{a.shown.written(by, format.moment(at))}</span>
            <span className="qc-muted qc-small">{fixed ? a.shown.fixedDay(fixed) : a.shown.latestDay}</span>
            {version === current ? null : (
              <>
                <Button size="small" onClick={() => set({ left: `v${version}`, right: `v${current}` })}>
                  {a.shown.compareNow}
                </Button>
                <Link href={`/audiences/${id}/edit${hashOf(rule) ?? ''}`}>{a.shown.openVersion}</Link>
              </>
            )}
            <p>{say(sentence)}</p>
          </li>
        ))}
      </ul>
      <h3 className="qc-rule-scene">{a.compare.title}</h3>
      <p className="qc-muted qc-small">{a.compare.lead}</p>
      <Comparison
        sides={sides}
        left={state.left}
        right={state.right || `v${current}`}
        onPick={(change) => set(change, { replace: true })}
        {...(on ? { on } : {})}
      />
    </Card>
  );
}
