import { Alert, Collapse, Form, Select } from 'antd';
import type { ContractEntity } from '../../../../src/api/data.ts';
import { data as en } from '../../../text/en/data.ts';
import { useLocale, useText } from '../../../text/useText.ts';
import { data as zh } from '../../../text/zh/data.ts';
import { useEntities } from '../useCatalogue.ts';
import { useDataWords } from '../useDataWords.ts';
import { ColumnRules } from './ColumnRules.tsx';
import { guessColumns } from './guess.ts';
import { IdentifierRules } from './IdentifierRules.tsx';
import { lackOf, type Mapping } from './mapping.ts';

interface MappingFormProps {
  /** Undefined while nothing says what the file holds. */
  readonly mapping: Mapping | undefined;
  /** Columns of the file. */
  readonly file: readonly string[];
  readonly onChange: (mapping: Mapping) => void;
}

/** What a file holds, and for each column of the contract what it is filled with. */
export function MappingForm({ mapping, file, onChange }: MappingFormProps) {
  const t = useText().data.mapping;
  const locale = useLocale();
  const { data: entities = [] } = useEntities();
  const entity = entities.find(({ name }) => name === mapping?.entity);
  const begin = (name: string) => {
    const next = entities.find((each) => each.name === name);
    if (next) onChange({ entity: name, columns: guessColumns(file, next, [zh.columns, en.columns]) });
  };
  return (
    <>
      <Form.Item label={t.entity} style={{ marginBlockEnd: 12 }}>
        <Select
          aria-label={t.entity}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t.pickEntity}
          value={mapping?.entity ?? null}
          onChange={(name: string | null) => name !== null && begin(name)}
          options={entities.map(({ name, title }) => ({ value: name, label: title[locale] }))}
          style={{ maxWidth: 320 }}
        />
      </Form.Item>
      {mapping && entity ? <Rules mapping={mapping} entity={entity} file={file} onChange={onChange} /> : null}
    </>
  );
}

interface RulesProps extends MappingFormProps {
  readonly mapping: Mapping;
  readonly entity: ContractEntity;
}

function Rules({ mapping, entity, file, onChange }: RulesProps) {
  const t = useText().data.mapping;
  const words = useDataWords();
  const lack = lackOf(mapping, entity);
  const required = entity.columns.filter((column) => column.required);
  const optional = entity.columns.filter((column) => !column.required);
  const shared = { mapping, file, onChange };
  const faults = [
    ...(lack.who ? [t.noWho] : []),
    ...(lack.columns.length > 0 ? [t.missing(lack.columns.map(words.column).join(', '))] : []),
  ];
  return (
    <>
      {faults.length > 0 ? (
        <Alert type="warning" showIcon title={faults.join(' · ')} style={{ marginBlockEnd: 8 }} />
      ) : null}
      {entity.personal ? (
        <>
          <strong>{t.who}</strong>
          <IdentifierRules {...shared} />
        </>
      ) : null}
      <div style={{ marginBlockStart: 12 }}>
        <ColumnRules {...shared} list={required} />
      </div>
      {optional.length > 0 ? (
        <Collapse
          ghost
          size="small"
          defaultActiveKey={['optional']}
          items={[{ key: 'optional', label: t.optional, children: <ColumnRules {...shared} list={optional} /> }]}
        />
      ) : null}
    </>
  );
}
