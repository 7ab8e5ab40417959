import { Alert, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useText } from '../../../text/useText.ts';
import { LacksError, sayReading } from '../../../ui/readingFault.ts';
import type { Mapping } from './mapping.ts';

interface MappingTextProps {
  readonly form: 'json' | 'yaml';
  readonly mapping: Mapping | undefined;
  readonly onChange: (mapping: Mapping) => void;
}

interface Language {
  read(text: string): unknown;
  write(mapping: unknown): string;
}

const json: Language = { read: JSON.parse, write: (mapping) => JSON.stringify(mapping, null, 2) };
const yaml = async (): Promise<Language> => {
  const { parse, stringify } = await import('yaml');
  return { read: (text) => parse(text), write: (mapping) => stringify(mapping) };
};

/** A mapping as mapping files write it, for what the form does not know. */
export function MappingText({ form, mapping, onChange }: MappingTextProps) {
  const { data, ui } = useText();
  const t = data.mapping;
  const [language, setLanguage] = useState<Language>();
  const [text, setText] = useState<string>();
  const [fault, setFault] = useState('');
  useEffect(() => {
    setText(undefined);
    if (form === 'json') setLanguage(json);
    else void yaml().then(setLanguage);
  }, [form]);
  if (!language) return null;
  const change = (next: string) => {
    setText(next);
    try {
      const read = language.read(next);
      if (!isMapping(read)) throw new LacksError(['entity', 'columns']);
      setFault('');
      onChange(read);
    } catch (error) {
      setFault(sayReading(error, next, ui));
    }
  };
  return (
    <>
      <Input.TextArea
        className="qc-raw"
        aria-label={t[form]}
        spellCheck={false}
        autoSize={{ minRows: 8, maxRows: 28 }}
        value={text ?? (mapping ? language.write(mapping) : '')}
        onChange={({ target }) => change(target.value)}
      />
      {fault ? <Alert type="error" showIcon title={t.badText(fault)} style={{ marginBlockStart: 8 }} /> : null}
    </>
  );
}

function isMapping(read: unknown): read is Mapping {
  if (typeof read !== 'object' || read === null || !('entity' in read) || !('columns' in read)) return false;
  return typeof read.entity === 'string' && typeof read.columns === 'object' && read.columns !== null;
}
