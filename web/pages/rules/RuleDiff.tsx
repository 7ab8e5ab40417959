import { Select } from 'antd';
import type { RuleSetEntry } from '../../../src/api/rules.ts';
import { useSay, useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import type { RuleSet } from './ruleSet.ts';
import { useRuleDiff } from './useRuleSet.ts';

interface RuleDiffProps {
  readonly sets: readonly RuleSetEntry[];
  readonly entry: RuleSetEntry;
  readonly set: RuleSet;
  /** Key of the other version. */
  readonly against: string;
  readonly onAgainst: (key: string) => void;
}

/** Where two versions differ, place by place. */
export function RuleDiff({ sets, entry, set, against, onAgainst }: RuleDiffProps) {
  const t = useText().rules.diff;
  const say = useSay();
  const { data, error, refetch } = useRuleDiff(against, entry.key);
  const others = sets.filter(({ key }) => key !== entry.key);
  return (
    <>
      <div className="qc-tools-row">
        <span>{t.with}</span>
        <Select
          aria-label={t.with}
          placeholder={t.pick}
          value={against || null}
          onChange={(key: string | null) => onAgainst(key ?? '')}
          options={others.map(({ key, title }) => ({ value: key, label: `${say(title)} ${key}` }))}
          style={{ minWidth: 220, maxWidth: '100%' }}
          popupMatchSelectWidth={false}
        />
      </div>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {against !== '' && !data && !error ? <Waiting /> : null}
      {data ? (
        <>
          <p className="qc-sentence">{data.length === 0 ? t.none : t.sentence(data.length, against, entry.key)}</p>
          {data.length === 0 ? null : <ChangeTable changes={data} set={set} from={against} to={entry.key} />}
        </>
      ) : null}
    </>
  );
}
