import type { ContractEntity } from '../../../../src/api/data.ts';
import { useText } from '../../../text/useText.ts';
import { useDataWords } from '../useDataWords.ts';
import { CellEditor, WaySelect } from './CellEditor.tsx';
import { CellMore } from './CellMore.tsx';
import { type Mapping, ruleOf, wayOf, withRule } from './mapping.ts';

type Column = ContractEntity['columns'][number];

interface ColumnRulesProps {
  readonly mapping: Mapping;
  readonly list: readonly Column[];
  readonly file: readonly string[];
  readonly onChange: (mapping: Mapping) => void;
}

/** Columns of the contract one under another, each with what it is filled with. */
export function ColumnRules({ mapping, list, file, onChange }: ColumnRulesProps) {
  const t = useText().data.mapping;
  const words = useDataWords();
  return (
    <div className="qc-rules-grid">
      {list.map(({ name, kind, required }) => {
        const rule = ruleOf(mapping.columns[name]);
        const label = words.column(name);
        const change = (next: typeof rule) => onChange(withRule(mapping, name, next));
        const isLacking = required && wayOf(rule) === 'none';
        return [
          <div key={`${name} name`} style={{ overflowWrap: 'anywhere' }}>
            {required ? (
              <span className="qc-rejected" title={t.required}>
                *{' '}
              </span>
            ) : null}
            <span className={isLacking ? 'qc-rejected' : ''}>{label}</span>{' '}
            {label === name ? null : <span className="qc-small qc-muted">{name}</span>}
          </div>,
          <div key={`${name} way`}>
            <WaySelect label={label} rule={rule} onChange={change} />
          </div>,
          <div key={`${name} editor`} className="qc-rules-editor">
            <CellEditor label={label} rule={rule} columns={file} onChange={change} />
          </div>,
          <div key={`${name} more`} className="qc-rules-more">
            {wayOf(rule) === 'none' ? null : (
              <CellMore
                label={label}
                rule={rule}
                isTime={kind === 'time' || kind === 'date' || kind === 'plan'}
                onChange={change}
              />
            )}
          </div>,
        ];
      })}
    </div>
  );
}
