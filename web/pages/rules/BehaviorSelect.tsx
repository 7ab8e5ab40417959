import { Select } from 'antd';
import { useText } from '../../text/useText.ts';
import { useRuleWords } from './useRuleWords.ts';

interface BehaviorSelectProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (names: string[]) => void;
  /** Groups that may be chosen besides. */
  readonly groups?: readonly string[];
}

/** Behaviours of the vocabulary, groups where they may stand, and any other word that is typed. */
export function BehaviorSelect({ label, value, onChange, groups = [] }: BehaviorSelectProps) {
  const t = useText();
  const words = useRuleWords();
  const names = Object.keys(t.behaviors.names);
  return (
    <Select
      mode="tags"
      aria-label={label}
      value={[...value]}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      options={[
        ...(groups.length > 0
          ? [{ label: t.rules.groups, options: groups.map((name) => ({ value: name, label: words.group(name) })) }]
          : []),
        {
          label: t.rules.edit.behaviors,
          options: names.map((name) => ({ value: name, label: words.behavior(name) })),
        },
      ]}
    />
  );
}
