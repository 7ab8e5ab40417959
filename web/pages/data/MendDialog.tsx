import { Alert, App, Button, Form, Modal, Space } from 'antd';
import { useRef, useState } from 'react';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { ReadingSelect } from './ReadingSelect.tsx';
import type { Plan } from './sending/uploadBook.ts';
import { MOST_MIB, useMendedFile, useRejectsFile } from './useMendedFile.ts';
import { readingOf } from './useRecognised.ts';
import { MOST_LOOKED, type RejectFilter } from './useRejects.ts';

interface MendDialogProps {
  /** Rejects that the CSV holds. */
  readonly filter: RejectFilter;
  readonly onReplay: (job: number) => void;
  readonly onClose: () => void;
}

/** Rejects as a CSV to be mended in a table, and what was mended there tried again. */
export function MendDialog({ filter, onReplay, onClose }: MendDialogProps) {
  const t = useText();
  const r = t.data.rejects;
  const [file, setFile] = useState<File>();
  const [plan, setPlan] = useState<Plan>({});
  const [isAsked, setAsked] = useState(false);
  const replaying = useMendedFile();
  const isLarge = file !== undefined && file.size > MOST_MIB << 20;
  const missing = isAsked && !file ? r.mendNeed : undefined;
  const fault = isLarge ? r.mendLarge(MOST_MIB) : missing;
  const replay = () => {
    setAsked(true);
    if (!file || isLarge) return;
    replaying.mutate({ file, reading: readingOf(plan) }, { onSuccess: ({ id }) => onReplay(id) });
  };
  const choose = (chosen: File | undefined) => {
    replaying.reset();
    setFile(chosen);
  };
  return (
    <Modal
      open
      title={r.mendTitle}
      okText={r.mendGo}
      cancelText={t.ui.cancel}
      confirmLoading={replaying.isPending}
      onOk={replay}
      onCancel={onClose}
    >
      <p className="qc-muted">{r.mendLead}</p>
      <Keep filter={filter} />
      <Form layout="vertical" component="div" style={{ marginBlockStart: 16 }}>
        <Form.Item
          label={r.mendFile}
          extra={r.mendForms(MOST_MIB)}
          {...(fault ? { validateStatus: 'error' as const, help: <span role="alert">{fault}</span> } : {})}
        >
          <Choose file={file} onChoose={choose} />
        </Form.Item>
        <Form.Item label={r.reading}>
          <ReadingSelect value={plan} onChange={setPlan} standard={r.readingSame} />
        </Form.Item>
      </Form>
      {replaying.error ? (
        <Alert role="alert" type="error" showIcon title={t.ui.failed} description={sayError(replaying.error, t.ui)} />
      ) : null}
    </Modal>
  );
}

/** The offer of the CSV. */
function Keep({ filter }: Pick<MendDialogProps, 'filter'>) {
  const t = useText();
  const r = t.data.rejects;
  const format = useFormat();
  const { message } = App.useApp();
  const keeping = useRejectsFile();
  const keep = () =>
    keeping.mutate(filter, {
      onSuccess: (name) => void message.success(r.mendKept(name)),
      onError: (error) => void message.error(sayError(error, t.ui)),
    });
  return (
    <Space wrap>
      <Button loading={keeping.isPending} onClick={keep}>
        {r.mendKeep}
      </Button>
      <span className="qc-small qc-muted">{r.mendMost(format.count(MOST_LOOKED))}</span>
    </Space>
  );
}

interface ChooseProps {
  readonly file: File | undefined;
  readonly onChoose: (file: File | undefined) => void;
}

function Choose({ file, onChoose }: ChooseProps) {
  const r = useText().data.rejects;
  const input = useRef<HTMLInputElement>(null);
  return (
    <Space wrap>
      <Button onClick={() => input.current?.click()}>{r.mendChoose}</Button>
      <span style={{ overflowWrap: 'anywhere' }}>{file?.name}</span>
      <input
        ref={input}
        type="file"
        accept=".csv,.xlsx"
        style={{ display: 'none' }}
        data-testid="mended"
        onChange={({ target }) => onChoose(target.files?.[0])}
      />
    </Space>
  );
}
