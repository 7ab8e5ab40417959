import { Form, Input, InputNumber } from 'antd';
import { useSay, useText } from '../../text/useText.ts';
import { BehaviorSelect } from './BehaviorSelect.tsx';
import { Conditions } from './Conditions.tsx';
import type { RuleSet, Stage } from './ruleSet.ts';
import { useRuleWords } from './useRuleWords.ts';

interface RulesFormProps {
  readonly draft: RuleSet;
  readonly onDraft: (draft: RuleSet) => void;
}

/** Windows, thresholds and groups of a rule set. */
export function RulesForm({ draft, onDraft }: RulesFormProps) {
  const t = useText().rules.edit;
  const say = useSay();
  const change = (part: Partial<RuleSet>) => onDraft({ ...draft, ...part });
  const stage = (at: number, next: Stage) =>
    change({ stages: draft.stages.map((each, place) => (place === at ? next : each)) });
  return (
    <Form layout="vertical" component="div" className="qc-rule-words">
      <Naming draft={draft} onDraft={onDraft} />
      {draft.stages.map((each, at) => (
        <section key={each.code}>
          <h3>
            {t.stage(each.code)} {say(each.title) === each.code ? '' : say(each.title)}
          </h3>
          <Conditions set={draft} list={each.when} onChange={(when) => stage(at, { ...each, when })} />
        </section>
      ))}
      <Groups draft={draft} onDraft={onDraft} />
      <Others draft={draft} onDraft={onDraft} />
    </Form>
  );
}

function Naming({ draft, onDraft }: RulesFormProps) {
  const t = useText().rules.edit;
  const { title } = draft;
  return (
    <div className="qc-rule-fields">
      <Form.Item label={t.title}>
        <Input
          aria-label={t.title}
          value={title.zh}
          onChange={({ target }) => onDraft({ ...draft, title: { ...title, zh: target.value } })}
        />
      </Form.Item>
      <Form.Item label={t.titleEn}>
        <Input
          aria-label={t.titleEn}
          value={title.en}
          onChange={({ target }) => onDraft({ ...draft, title: { ...title, en: target.value } })}
        />
      </Form.Item>
      <Form.Item label={t.name} extra={t.nameLead}>
        <Input
          aria-label={t.name}
          maxLength={41}
          value={draft.name}
          onChange={({ target }) => onDraft({ ...draft, name: target.value })}
        />
      </Form.Item>
    </div>
  );
}

function Groups({ draft, onDraft }: RulesFormProps) {
  const t = useText().rules;
  const words = useRuleWords();
  return (
    <>
      <h3>{t.groups}</h3>
      {Object.entries(draft.groups).map(([name, behaviors]) => (
        <Form.Item key={name} label={t.edit.group(words.group(name))}>
          <BehaviorSelect
            label={t.edit.group(words.group(name))}
            value={behaviors}
            onChange={(next) => onDraft({ ...draft, groups: { ...draft.groups, [name]: next } })}
          />
        </Form.Item>
      ))}
    </>
  );
}

function Others({ draft, onDraft }: RulesFormProps) {
  const t = useText().rules;
  const { fan, active_member: active, rfm } = draft;
  const days = (label: string, value: number, set: (days: number) => void) => (
    <Form.Item label={label}>
      <InputNumber
        aria-label={label}
        min={1}
        max={3650}
        precision={0}
        value={value}
        onChange={(next) => next !== null && set(next)}
      />
    </Form.Item>
  );
  const behaviors = (label: string, value: readonly string[], set: (names: string[]) => void) => (
    <Form.Item label={label}>
      <BehaviorSelect label={label} value={value} onChange={set} />
    </Form.Item>
  );
  return (
    <>
      <h3>{t.fans}</h3>
      <div className="qc-rule-fields">
        {behaviors(t.edit.fanOn, fan.on, (on) => onDraft({ ...draft, fan: { ...fan, on } }))}
        {behaviors(t.edit.fanOff, fan.off, (off) => onDraft({ ...draft, fan: { ...fan, off } }))}
      </div>
      <h3>{t.active}</h3>
      {behaviors(t.edit.activeDid, active.did, (did) => onDraft({ ...draft, active_member: { ...active, did } }))}
      <div className="qc-rule-fields">
        {days(t.edit.activeDays, active.days, (next) =>
          onDraft({ ...draft, active_member: { ...active, days: next } }),
        )}
        {days(t.edit.rfmDays, rfm.days, (next) => onDraft({ ...draft, rfm: { days: next } }))}
      </div>
    </>
  );
}
