import { Alert, App, Button, Drawer, Input, Segmented, Space } from 'antd';
import { useState } from 'react';
import { useText } from '../../../text/useText.ts';
import { type DataLanguage, readData } from '../../../ui/form/dataText.ts';
import { useDataText } from '../../../ui/form/useDataText.ts';
import { LacksError, sayReading } from '../../../ui/readingFault.ts';
import { isObject } from '../kinds/bodies.ts';
import type { RuleData } from './tree.ts';

interface RuleTextProps {
  readonly rule: RuleData;
  readonly onApply: (rule: RuleData) => void;
  readonly onClose: () => void;
}

/** A rule out of a text. */
async function read(text: string, language: DataLanguage, lacking: string): Promise<RuleData> {
  const found = await readData(text, language);
  if (isObject(found) && Object.keys(found).length === 1) return found;
  throw new LacksError([lacking]);
}

/** The rule as a text that is copied, pasted and changed by hand. */
export function RuleText({ rule, onApply, onClose }: RuleTextProps) {
  const t = useText();
  const { message } = App.useApp();
  const { language, text, isReady, type, turn } = useDataText(rule, 'JSON');
  const [fault, setFault] = useState('');
  const refuse = (error: unknown) => setFault(sayReading(error, text, t.ui));
  const apply = () =>
    read(text, language, t.audiences.text.object).then((next) => {
      setFault('');
      onApply(next);
      void message.success(t.audiences.text.pasted);
    }, refuse);
  const change = (next: DataLanguage) => turn(next).then(() => setFault(''), refuse);
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
      <Segmented<DataLanguage>
        aria-label={t.audiences.text.title}
        options={['JSON', 'YAML']}
        value={language}
        onChange={(next) => void change(next)}
      />
      <Input.TextArea
        className="qc-rule-text"
        style={{ marginBlock: 12 }}
        aria-label={language}
        spellCheck={false}
        autoSize={{ minRows: 12, maxRows: 28 }}
        readOnly={!isReady}
        value={text}
        onChange={({ target }) => type(target.value)}
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
