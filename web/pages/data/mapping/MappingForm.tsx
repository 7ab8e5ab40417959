import { Alert, Button, Collapse, Form, Select } from 'antd';
import type { ContractEntity, Recognised } from '../../../../src/api/data.ts';
import { useFormat } from '../../../format/useFormat.ts';
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
  /** What the file is most like, where nothing recognises it. */
  readonly nearest?: Recognised['nearest'] | undefined;
  readonly onChange: (mapping: Mapping) => void;
}

/** What a file holds, and for each column of the contract what it is filled with. */
export function MappingForm({ mapping, file, nearest, onChange }: MappingFormProps) {
  const t = useText().data.mapping;
  const words = useDataWords();
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
      {!mapping && nearest ? (
        <p>
          {words.like(nearest)}{' '}
          <Button size="small" onClick={() => begin(nearest.entity)}>
            {t.asThat(words.entity(nearest.entity))}
          </Button>
        </p>
      ) : null}
      {mapping && entity ? <Rules mapping={mapping} entity={entity} file={file} onChange={onChange} /> : null}
    </>
  );
}

interface RulesProps extends Omit<MappingFormProps, 'nearest'> {
  readonly mapping: Mapping;
  readonly entity: ContractEntity;
}

function Rules({ mapping, entity, file, onChange }: RulesProps) {
  const t = useText().data.mapping;
  const words = useDataWords();
  const { list } = useFormat();
  const lack = lackOf(mapping, entity);
  const required = entity.columns.filter((column) => column.required);
  const optional = entity.columns.filter((column) => !column.required);
  const shared = { mapping, file, onChange };
  const faults = [
    ...(lack.who ? [t.noWho] : []),
    ...(lack.columns.length > 0 ? [t.missing(list(lack.columns.map(words.column)))] : []),
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
