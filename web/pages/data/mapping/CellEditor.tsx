import { Input, Select } from 'antd';
import { useText } from '../../../text/useText.ts';
import { columnsTaken, inWay, type Rule, type Way, wayOf, ways } from './mapping.ts';

export interface CellEditorProps {
  /** Name of the column for those who hear it. */
  readonly label: string;
  readonly rule: Rule;
  readonly columns: readonly string[];
  readonly onChange: (rule: Rule) => void;
}

/** How a column is filled: nothing, a column of the file, a constant, or columns joined. */
export function WaySelect({ label, rule, onChange }: Omit<CellEditorProps, 'columns'>) {
  const t = useText().data.mapping;
  return (
    <Select<Way>
      aria-label={`${label} ${t.source}`}
      size="small"
      value={wayOf(rule)}
      onChange={(way) => onChange(inWay(rule, way))}
      options={ways.map((value) => ({ value, label: t.ways[value] }))}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
    />
  );
}

/** What a column is filled with, in the way that was chosen. */
export function CellEditor({ label, rule, columns, onChange }: CellEditorProps) {
  const t = useText().data.mapping;
  const way = wayOf(rule);
  const options = columns.map((value) => ({ value, label: value }));
  const shared = { size: 'small' as const, 'aria-label': label, style: { width: '100%' } };
  if (way === 'none') return <span className="qc-muted">–</span>;
  if (way === 'constant')
    return (
      <Input
        {...shared}
        placeholder={t.constant}
        value={rule.constant ?? ''}
        onChange={({ target }) => onChange({ ...rule, constant: target.value })}
      />
    );
  if (way === 'join')
    return (
      <div style={{ display: 'flex', gap: 8 }}>
        <Select
          {...shared}
          mode="multiple"
          placeholder={t.pickColumns}
          value={columnsTaken(rule)}
          options={options}
          onChange={(picked: string[]) => onChange({ ...rule, join: { columns: picked, by: rule.join?.by ?? ' ' } })}
        />
        <Input
          size="small"
          aria-label={t.by}
          title={t.by}
          style={{ width: 56 }}
          value={rule.join?.by ?? ''}
          onChange={({ target }) =>
            onChange({ ...rule, join: { columns: rule.join?.columns ?? [], by: target.value } })
          }
        />
      </div>
    );
  if (rule.multiply !== undefined) return <span>{rule.multiply.join(' × ')}</span>;
  if (typeof rule.column === 'object') return <span>{rule.column.join(' / ')}</span>;
  return (
    <Select
      {...shared}
      showSearch
      placeholder={t.pickColumn}
      value={rule.column === '' ? null : (rule.column ?? null)}
      options={options}
      onChange={(column: string | null) => onChange({ ...rule, column: column ?? '' })}
      popupMatchSelectWidth={false}
    />
  );
}
