import { Card, Tabs } from 'antd';
import { useState } from 'react';
import type { RuleSetEntry } from '../../../src/api/rules.ts';
import { useRules } from '../../data/rules.ts';
import { useCan } from '../../data/session.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useSay, useText } from '../../text/useText.ts';
import { Failed } from '../../ui/Failed.tsx';
import { OriginTag } from '../../ui/OriginTag.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { useUrlState } from '../../url/urlState.ts';
import './rules.css';
import { EditRules } from './EditRules.tsx';
import { RuleDiff } from './RuleDiff.tsx';
import { RulePreview } from './RulePreview.tsx';
import { RuleWords } from './RuleWords.tsx';
import type { RuleSet } from './ruleSet.ts';
import { useRuleSet } from './useRuleSet.ts';

/** Rule sets by version: in words, against each other, changed into a new version, and what adopting one would change. */
export function RulesPage() {
  const t = useText();
  const [state, set] = useUrlState({ key: '', tab: 'words', with: '', on: '' });
  const [draft, setDraft] = useState<RuleSet>();
  const { data: sets, error, refetch } = useRules();
  const picked = sets?.find(({ key }) => key === state.key) ?? sets?.find(({ adopted }) => adopted) ?? sets?.[0];
  const pick = (key: string) => {
    setDraft(undefined);
    set({ key, with: '', tab: state.tab === 'edit' ? 'words' : state.tab });
  };
  return (
    <Page title={t.shell.pages.rules} lead={t.rules.lead}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : null}
      {!sets && !error ? <Waiting /> : null}
      {sets && picked ? (
        <div className="qc-rules">
          <Card size="small" title={t.rules.sets}>
            <RuleList sets={sets} picked={picked.key} onPick={pick} />
          </Card>
          <Detail
            sets={sets}
            entry={picked}
            tab={state.tab}
            against={state.with}
            draft={draft}
            onDraft={setDraft}
            onTab={(tab) => set({ tab })}
            onAgainst={(key) => set({ with: key })}
            onSaved={({ key }) => {
              setDraft(undefined);
              set({ key, tab: 'preview', with: '' });
            }}
          />
        </div>
      ) : null}
    </Page>
  );
}

interface RuleListProps {
  readonly sets: readonly RuleSetEntry[];
  readonly picked: string;
  readonly onPick: (key: string) => void;
}

function RuleList({ sets, picked, onPick }: RuleListProps) {
  const t = useText().rules;
  const say = useSay();
  const format = useFormat();
  return (
    <ul className="qc-rule-list">
      {sets.map(({ key, title, adopted, origin, createdAt, stages }) => (
        <li key={key}>
          <button type="button" aria-current={key === picked} onClick={() => onPick(key)}>
            <div>
              <strong>{say(title)}</strong> {adopted ? <StateMark tone="good">{t.adopted}</StateMark> : null}
            </div>
            <div className="qc-small">
              {key} <OriginTag origin={origin} />
            </div>
            <div className="qc-small qc-muted">{stages.map(({ code }) => code).join(' → ')}</div>
            <div className="qc-small qc-muted">{t.made(format.moment(createdAt))}</div>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface DetailProps {
  readonly sets: readonly RuleSetEntry[];
  readonly entry: RuleSetEntry;
  readonly tab: string;
  readonly against: string;
  /** Changes that are not saved yet. */
  readonly draft: RuleSet | undefined;
  readonly onDraft: (draft: RuleSet | undefined) => void;
  readonly onTab: (tab: string) => void;
  readonly onAgainst: (key: string) => void;
  readonly onSaved: (entry: RuleSetEntry) => void;
}

function Detail({ sets, entry, tab, against, draft, onDraft, onTab, onAgainst, onSaved }: DetailProps) {
  const t = useText().rules;
  const can = useCan();
  const say = useSay();
  const { data, error, refetch } = useRuleSet(entry.key);
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const other = against || (sets.find(({ adopted, key }) => adopted && key !== entry.key)?.key ?? '');
  const items = [
    { key: 'words', label: t.tabs.words, children: <RuleWords set={data} /> },
    {
      key: 'json',
      label: t.tabs.json,
      children: <pre className="qc-code">{JSON.stringify(data, null, 2)}</pre>,
    },
    {
      key: 'diff',
      label: t.tabs.diff,
      children: <RuleDiff sets={sets} entry={entry} set={data} against={other} onAgainst={onAgainst} />,
    },
    ...(can('operate')
      ? [
          {
            key: 'edit',
            label: t.tabs.edit,
            children: (
              <EditRules
                base={data}
                draft={draft ?? data}
                onDraft={onDraft}
                onLook={() => onTab('preview')}
                onSaved={onSaved}
              />
            ),
          },
        ]
      : []),
    {
      key: 'preview',
      label: t.tabs.preview,
      children: <RulePreview entry={entry} set={data} draft={draft} onEdit={() => onTab('edit')} />,
    },
  ];
  return (
    <Card size="small" title={`${say(entry.title)} · ${entry.key}`}>
      <Tabs size="small" activeKey={tab} onChange={onTab} items={items} destroyOnHidden />
    </Card>
  );
}
