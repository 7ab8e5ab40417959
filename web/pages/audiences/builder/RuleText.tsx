import { Alert, App, Button, Drawer, Input, Segmented, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useText } from '../../../text/useText.ts';
import { LacksError, sayReading } from '../../../ui/readingFault.ts';
import { isObject } from '../kinds/bodies.ts';
import type { RuleData } from './tree.ts';

interface RuleTextProps {
  readonly rule: RuleData;
  readonly onApply: (rule: RuleData) => void;
  readonly onClose: () => void;
}

type Language = 'JSON' | 'YAML';

async function write(rule: RuleData, language: Language): Promise<string> {
  const plain = JSON.stringify(rule, null, 2);
  return language === 'JSON' ? plain : (await import('yaml')).stringify(JSON.parse(plain));
}

/** A rule out of a text: JSON is YAML too, but tells its faults better by itself. */
async function read(text: string, language: Language, lacking: string): Promise<RuleData> {
  const found: unknown = language === 'JSON' ? JSON.parse(text) : (await import('yaml')).parse(text);
  if (isObject(found) && Object.keys(found).length === 1) return found;
  throw new LacksError([lacking]);
}

/** The rule as a text that is copied, pasted and changed by hand. */
export function RuleText({ rule, onApply, onClose }: RuleTextProps) {
  const t = useText();
  const { message } = App.useApp();
  const [language, setLanguage] = useState<Language>('JSON');
  const [text, setText] = useState('');
  const [fault, setFault] = useState('');
  useEffect(() => {
    let current = true;
    void write(rule, language).then((written) => current && setText(written));
    setFault('');
    return () => {
      current = false;
    };
  }, [rule, language]);
  const apply = () =>
    read(text, language, t.audiences.text.object).then(
      (next) => {
        onApply(next);
        void message.success(t.audiences.text.pasted);
      },
      (error: unknown) => setFault(sayReading(error, text, t.ui)),
    );
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => message.success(t.ui.copied),
      () => message.error(t.ui.failed),
    );
  return (
    <Drawer
      open
      onClose={onClose}
      size={Math.min(560, window.innerWidth)}
      title={t.audiences.text.title}
      closable={{ 'aria-label': t.ui.close }}
    >
      <p className="qc-muted">{t.audiences.text.lead}</p>
      <Segmented<Language>
        aria-label={t.audiences.text.title}
        options={['JSON', 'YAML']}
        value={language}
        onChange={setLanguage}
      />
      <Input.TextArea
        className="qc-rule-text"
        style={{ marginBlock: 12 }}
        aria-label={language}
        spellCheck={false}
        autoSize={{ minRows: 12, maxRows: 28 }}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {fault ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t.audiences.build.badText(fault)}
          style={{ marginBlockEnd: 12 }}
        />
      ) : null}
      <Space>
        <Button type="primary" onClick={() => void apply()}>
          {t.audiences.text.apply}
        </Button>
        <Button onClick={() => void copy()}>{t.ui.copy}</Button>
      </Space>
    </Drawer>
  );
}
