import { Alert, App, Button, Drawer, Input, Segmented } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useMemo, useRef, useState } from 'react';
import { useSavingCrowds } from '../../data/crowds.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { type DataLanguage, readData } from '../../ui/form/dataText.ts';
import { useDataText } from '../../ui/form/useDataText.ts';
import { LacksError, sayReading } from '../../ui/readingFault.ts';
import { type Written, writtenOf } from './emptyTaxonomy.ts';
import type { PlacedFault } from './places.ts';

interface CrowdEditorProps {
  /** What it begins with. */
  readonly from: Written;
  readonly onSaved: (name: string) => void;
  readonly onClose: () => void;
}

interface LinedFault extends PlacedFault {
  readonly line: number;
}

/** A taxonomy as a text that is changed by hand; every fault the server finds is told by its line. */
export function CrowdEditor({ from, onSaved, onClose }: CrowdEditorProps) {
  const t = useText();
  const e = t.crowds.editor;
  const { message } = App.useApp();
  const field = useRef<TextAreaRef>(null);
  const begun = useMemo(() => writtenOf(from), [from]);
  const { language, text, isReady, type, turn } = useDataText(begun, 'YAML');
  const [faults, setFaults] = useState<readonly LinedFault[]>([]);
  const [unread, setUnread] = useState('');
  const saving = useSavingCrowds();
  const refuse = (error: unknown) => setUnread(e.bad(sayReading(error, text, t.ui)));
  const change = (next: DataLanguage) => turn(next).then(() => setUnread(''), refuse);
  const save = async () => {
    setFaults([]);
    setUnread('');
    const read = await readTaxonomy(text, language, e.object).catch(refuse);
    if (!read) return;
    saving.mutate(read, {
      onSuccess: ({ name, version }) => {
        void message.success(e.saved(name, version));
        onSaved(name);
      },
      onError: (error) => void lined(text, sayError(error, t.ui)).then(setFaults),
    });
  };
  const goTo = async (line: number) => {
    const { rangeOfLine } = await import('./places.ts');
    const area = field.current?.resizableTextArea?.textArea;
    area?.focus();
    area?.setSelectionRange(...rangeOfLine(text, line));
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={Math.min(720, window.innerWidth)}
      title={e.title}
      closable={{ 'aria-label': t.ui.close }}
    >
      <p className="qc-muted">{e.lead}</p>
      <Segmented<DataLanguage>
        aria-label={e.text}
        options={['YAML', 'JSON']}
        value={language}
        onChange={(next) => void change(next)}
      />
      <Input.TextArea
        ref={field}
        className="qc-crowd-text"
        aria-label={language}
        lang="zxx"
        spellCheck={false}
        autoSize={{ minRows: 16, maxRows: 30 }}
        readOnly={!isReady}
        value={text}
        onChange={({ target }) => type(target.value)}
      />
      {unread === '' ? null : <Alert type="error" showIcon role="alert" title={unread} />}
      {faults.length === 0 ? null : <Faults faults={faults} onGo={(line) => void goTo(line)} />}
      <Button type="primary" loading={saving.isPending} onClick={() => void save()} style={{ marginBlockStart: 12 }}>
        {e.save}
      </Button>
    </Drawer>
  );
}

interface FaultsProps {
  readonly faults: readonly LinedFault[];
  readonly onGo: (line: number) => void;
}

function Faults({ faults, onGo }: FaultsProps) {
  const e = useText().crowds.editor;
  const list = (
    <ul className="qc-crowd-faults">
      {faults.map(({ line, place, what }) => (
        <li key={`${place} ${what}`}>
          {place === '' ? null : (
            <Button type="link" size="small" onClick={() => onGo(line)}>
              {e.at(line)}
            </Button>
          )}
          {place === '' ? null : <code>{place}</code>} {what}
        </li>
      ))}
    </ul>
  );
  return <Alert type="error" showIcon role="alert" title={e.faults} description={list} />;
}

/** A taxonomy out of a text. */
async function readTaxonomy(text: string, language: DataLanguage, lacking: string): Promise<object> {
  const found = await readData(text, language);
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found;
  throw new LacksError([lacking]);
}

async function lined(text: string, told: string): Promise<LinedFault[]> {
  const { faultsIn, lineOf } = await import('./places.ts');
  return faultsIn(told).map((fault) => ({ ...fault, line: lineOf(text, fault.place) }));
}
