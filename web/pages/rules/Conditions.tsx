import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, InputNumber } from 'antd';
import { useText } from '../../text/useText.ts';
import { BehaviorSelect } from './BehaviorSelect.tsx';
import { type Condition, type ConditionKind, conditionKinds, kindOf, newCondition, type RuleSet } from './ruleSet.ts';

interface ConditionsProps {
  readonly set: RuleSet;
  readonly list: readonly Condition[];
  readonly onChange: (list: Condition[]) => void;
}

/** Ways to be at a stage, each with its windows and thresholds. */
export function Conditions({ set, list, onChange }: ConditionsProps) {
  const t = useText().rules;
  const add = (kind: ConditionKind) => onChange([...list, newCondition(kind)]);
  return (
    <div className="qc-conditions">
      <div className="qc-muted">{t.any}</div>
      {list.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name but its place
        <div className="qc-condition" key={at}>
          <Editor
            set={set}
            condition={condition}
            onChange={(next) => onChange(list.map((each, place) => (place === at ? next : each)))}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            disabled={list.length === 1}
            aria-label={t.edit.removeCondition}
            title={t.edit.removeCondition}
            onClick={() => onChange(list.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <div>
        <Dropdown
          trigger={['click']}
          menu={{
            items: conditionKinds.map((key) => ({ key, label: t.edit.kinds[key] })),
            onClick: ({ key }) => {
              const kind = conditionKinds.find((each) => each === key);
              if (kind) add(kind);
            },
          }}
        >
          <Button size="small" icon={<PlusOutlined />}>
            {t.edit.addCondition}
          </Button>
        </Dropdown>
      </div>
    </div>
  );
}

interface EditorProps {
  readonly set: RuleSet;
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
}

function Editor({ set, condition, onChange }: EditorProps) {
  const t = useText().rules;
  if ('did' in condition)
    return (
      <>
        <div className="qc-condition-what">
          <BehaviorSelect
            label={t.edit.behaviors}
            value={condition.did}
            groups={Object.keys(set.groups)}
            onChange={(did) => onChange({ ...condition, did })}
          />
        </div>
        <Whole label={t.edit.days} value={condition.days} onChange={(days) => onChange({ ...condition, days })} />
        <Whole
          label={t.edit.onDays}
          value={condition.on_days ?? 1}
          most={50}
          onChange={(on_days) => onChange({ ...condition, on_days })}
        />
      </>
    );
  if ('paid' in condition) {
    const { paid } = condition;
    return (
      <>
        <div className="qc-condition-what">{t.edit.kinds.paid}</div>
        <Whole label={t.edit.days} value={paid.days} onChange={(days) => onChange({ paid: { ...paid, days } })} />
        <Whole
          label={t.edit.onDays}
          value={paid.on_days ?? 1}
          most={50}
          onChange={(on_days) => onChange({ paid: { ...paid, on_days } })}
        />
      </>
    );
  }
  if ('reviewed' in condition) {
    const { reviewed } = condition;
    const put = (part: Partial<typeof reviewed>) => onChange({ reviewed: { ...reviewed, ...part } });
    return (
      <>
        <div className="qc-condition-what">{t.edit.kinds.reviewed}</div>
        <Whole
          label={t.edit.rating}
          value={reviewed.min_rating}
          most={5}
          onChange={(min_rating) => put({ min_rating })}
        />
        <Whole label={t.edit.days} value={reviewed.days} onChange={(days) => put({ days })} />
        <Whole label={t.edit.paidDays} value={reviewed.paid_days} onChange={(paid_days) => put({ paid_days })} />
      </>
    );
  }
  return <div className="qc-condition-what">{t.edit.kinds[kindOf(condition)]}</div>;
}

interface WholeProps {
  readonly label: string;
  readonly value: number;
  readonly most?: number;
  readonly onChange: (value: number) => void;
}

function Whole({ label, value, most = 3650, onChange }: WholeProps) {
  return (
    <span className="qc-nowrap">
      <span className="qc-muted qc-small">{label}</span>{' '}
      <InputNumber
        size="small"
        aria-label={label}
        min={1}
        max={most}
        precision={0}
        value={value}
        onChange={(next) => next !== null && onChange(next)}
        style={{ width: 84 }}
      />
    </span>
  );
}
