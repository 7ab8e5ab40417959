import { DeleteOutlined, EllipsisOutlined } from '@ant-design/icons';
import { Badge, Button, Form, Input, Popover } from 'antd';
import { useState } from 'react';
import { useText } from '../../../text/useText.ts';
import { isFine, type Rule } from './mapping.ts';

interface CellMoreProps {
  readonly label: string;
  readonly rule: Rule;
  /** The column holds times: their form and zone can be said. */
  readonly isTime: boolean;
  readonly onChange: (rule: Rule) => void;
}

/** Finer points of a column: words and what they mean, the form of times, what empty cells become. */
export function CellMore(props: CellMoreProps) {
  const t = useText().data.mapping;
  const { rule, label } = props;
  const said = [rule.values, rule.format, rule.zone, rule.empty].filter((part) => part !== undefined).length;
  return (
    <Popover trigger="click" placement="bottomRight" title={label} content={<Points {...props} />}>
      <Badge size="small" count={said} color="var(--qc-accent)">
        <Button size="small" type="text" icon={<EllipsisOutlined />} aria-label={`${label} ${t.more}`} title={t.more} />
      </Badge>
    </Popover>
  );
}

function Points({ rule, isTime, onChange }: CellMoreProps) {
  const t = useText().data.mapping;
  const text = (name: 'format' | 'zone' | 'empty', value: string) => {
    const { [name]: _, ...rest } = rule;
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <Form layout="vertical" component="div" style={{ width: 'min(360px, 80vw)' }}>
      <Form.Item label={t.values} extra={t.valuesLead} style={{ marginBlockEnd: 8 }}>
        <Pairs
          values={rule.values ?? {}}
          onChange={(values) => {
            const { values: _, ...rest } = rule;
            onChange(Object.keys(values).length === 0 ? rest : { ...rest, values });
          }}
        />
      </Form.Item>
      {isTime ? (
        <>
          <Form.Item label={t.format} extra={t.formatLead} style={{ marginBlockEnd: 8 }}>
            <Input
              aria-label={t.format}
              value={rule.format ?? ''}
              onChange={({ target }) => text('format', target.value)}
            />
          </Form.Item>
          <Form.Item label={t.zone} extra={t.zoneLead} style={{ marginBlockEnd: 8 }}>
            <Input aria-label={t.zone} value={rule.zone ?? ''} onChange={({ target }) => text('zone', target.value)} />
          </Form.Item>
        </>
      ) : null}
      <Form.Item label={t.empty} style={{ marginBlockEnd: 8 }}>
        <Input aria-label={t.empty} value={rule.empty ?? ''} onChange={({ target }) => text('empty', target.value)} />
      </Form.Item>
      {isFine(rule) ? <div className="qc-small qc-muted">{t.advanced}</div> : null}
    </Form>
  );
}

interface PairsProps {
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Record<string, string>) => void;
}

/** Words of the file and what they mean. Note: a word begun twice is one word, so a draft is kept apart. */
function Pairs({ values, onChange }: PairsProps) {
  const t = useText().data.mapping;
  const [draft, setDraft] = useState<readonly (readonly [string, string])[]>(() => Object.entries(values));
  const set = (pairs: readonly (readonly [string, string])[]) => {
    setDraft(pairs);
    onChange(Object.fromEntries(pairs.filter(([from]) => from !== '')));
  };
  const change = (at: number, pair: readonly [string, string]) =>
    set(draft.map((each, place) => (place === at ? pair : each)));
  return (
    <>
      <div className="qc-pairs">
        {draft.map(([from, to], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair has no name but its place
          <Pair key={at} from={from} to={to} onChange={(pair) => change(at, pair)}>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t.removeValue}
              onClick={() => set(draft.filter((_, place) => place !== at))}
            />
          </Pair>
        ))}
      </div>
      <Button size="small" onClick={() => set([...draft, ['', '']])} style={{ marginBlockStart: 4 }}>
        {t.addValue}
      </Button>
    </>
  );
}

interface PairProps {
  readonly from: string;
  readonly to: string;
  readonly onChange: (pair: readonly [string, string]) => void;
  readonly children: React.ReactNode;
}

function Pair({ from, to, onChange, children }: PairProps) {
  const t = useText().data.mapping;
  return (
    <>
      <Input
        size="small"
        aria-label={t.valueFrom}
        placeholder={t.valueFrom}
        value={from}
        onChange={({ target }) => onChange([target.value, to])}
      />
      <Input
        size="small"
        aria-label={t.valueTo}
        placeholder={t.valueTo}
        value={to}
        onChange={({ target }) => onChange([from, target.value])}
      />
      {children}
    </>
  );
}
