import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useText } from '../../../text/useText.ts';
import { useDataWords } from '../useDataWords.ts';
import { CellEditor, WaySelect } from './CellEditor.tsx';
import { type Mapping, ruleOf, withRule } from './mapping.ts';

interface IdentifierRulesProps {
  readonly mapping: Mapping;
  readonly file: readonly string[];
  readonly onChange: (mapping: Mapping) => void;
}

/** Columns that tell who a row is about: one at least; several on a row are one consumer. */
export function IdentifierRules({ mapping, file, onChange }: IdentifierRulesProps) {
  const t = useText().data;
  const words = useDataWords();
  const held = Object.keys(mapping.columns).filter((name) => name.startsWith('id_'));
  const free = Object.keys(t.identifiers).filter((type) => !held.includes(`id_${type}`));
  return (
    <>
      <p className="qc-muted qc-small">{t.mapping.whoLead}</p>
      <div className="qc-rules-grid">
        {held.map((name) => {
          const rule = ruleOf(mapping.columns[name]);
          const label = words.column(name);
          const change = (next: typeof rule) => onChange(withRule(mapping, name, next));
          return [
            <div key={`${name} name`}>
              {label} <span className="qc-small qc-muted">{name}</span>
            </div>,
            <div key={`${name} way`}>
              <WaySelect label={label} rule={rule} onChange={change} />
            </div>,
            <div key={`${name} editor`} className="qc-rules-editor">
              <CellEditor label={label} rule={rule} columns={file} onChange={change} />
            </div>,
            <Button
              key={`${name} more`}
              className="qc-rules-more"
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`${t.mapping.removeId} ${label}`}
              title={t.mapping.removeId}
              onClick={() => change({})}
            />,
          ];
        })}
      </div>
      <Dropdown
        trigger={['click']}
        menu={{
          items: free.map((type) => ({ key: type, label: t.identifiers[type] })),
          onClick: ({ key }) =>
            onChange({ ...mapping, columns: { ...mapping.columns, [`id_${key}`]: { column: '' } } }),
        }}
      >
        <Button size="small" icon={<PlusOutlined />}>
          {t.mapping.addId}
        </Button>
      </Dropdown>
    </>
  );
}
