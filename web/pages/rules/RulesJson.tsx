import { Alert, Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../text/useText.ts';
import { LacksError, sayReading } from '../../ui/readingFault.ts';
import type { RuleSet } from './ruleSet.ts';

interface RulesJsonProps {
  readonly draft: RuleSet;
  readonly onDraft: (draft: RuleSet) => void;
}

/** A rule set as it is kept, for what the form does not show. */
export function RulesJson({ draft, onDraft }: RulesJsonProps) {
  const { rules, ui } = useText();
  const t = rules.edit;
  const [text, setText] = useState(() => JSON.stringify(draft, null, 2));
  const [fault, setFault] = useState('');
  const change = (next: string) => {
    setText(next);
    try {
      const read: unknown = JSON.parse(next);
      if (!isRuleSet(read)) throw new LacksError(['name', 'title', 'stages', 'groups', 'fan', 'active_member', 'rfm']);
      setFault('');
      onDraft(read);
    } catch (error) {
      setFault(sayReading(error, next, ui));
    }
  };
  return (
    <>
      <Input.TextArea
        className="qc-rule-json"
        aria-label={t.json}
        spellCheck={false}
        autoSize={{ minRows: 12, maxRows: 40 }}
        value={text}
        onChange={({ target }) => change(target.value)}
      />
      {fault ? <Alert type="error" showIcon title={t.badJson(fault)} style={{ marginBlockStart: 8 }} /> : null}
    </>
  );
}

/** Whether a text has the parts that the pages read; the API checks the rest. */
function isRuleSet(read: unknown): read is RuleSet {
  if (typeof read !== 'object' || read === null) return false;
  const parts = read as Partial<RuleSet>; // as: each part is looked at below
  const isEach = (stage: unknown) => Array.isArray((stage as { when?: unknown } | null)?.when);
  return (
    typeof parts.name === 'string' &&
    typeof parts.title === 'object' &&
    Array.isArray(parts.stages) &&
    parts.stages.every(isEach) &&
    typeof parts.groups === 'object' &&
    Array.isArray(parts.fan?.on) &&
    Array.isArray(parts.fan.off) &&
    Array.isArray(parts.active_member?.did) &&
    typeof parts.rfm === 'object'
  );
}
