import { Alert, App, Button, Form, Input, Modal, Select } from 'antd';
import { useRef, useState } from 'react';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { type ListForm, listForms } from './listForms.ts';
import { useUploadingList } from './useUploadingList.ts';

interface Given {
  readonly name: string;
  readonly id: string;
  readonly form: ListForm;
  readonly column?: string;
}

/** A file of identifiers: what they are, how they are written, and in which column they stand. */
export function NewList({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const l = t.crowds.lists;
  const format = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const [file, setFile] = useState<File>();
  const [isTried, setTried] = useState(false);
  const uploading = useUploadingList();
  const types = Object.entries(t.data.identifiers).map(([value, label]) => ({ value, label }));
  const send = ({ column, ...given }: Given) => {
    if (!file) return;
    const at = column?.trim() ? { column: column.trim() } : {};
    uploading.mutate(
      { ...given, ...at, file },
      {
        onSuccess: ({ usable, matched }) => {
          const rate = format.exact(usable > 0 ? matched / usable : null, 'rate');
          void message.success(l.uploaded(format.count(matched), format.count(usable), rate));
          onClose();
        },
      },
    );
  };
  const ok = () => {
    setTried(true);
    form.submit();
  };
  return (
    <Modal
      open
      title={l.add}
      okText={l.add}
      cancelText={t.ui.cancel}
      confirmLoading={uploading.isPending}
      onCancel={onClose}
      onOk={ok}
    >
      {uploading.error ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={sayError(uploading.error, t.ui)}
          style={{ marginBlockEnd: 12 }}
        />
      ) : null}
      <Form form={form} layout="vertical" initialValues={{ id: 'phone', form: 'plain' }} onFinish={send}>
        <Form.Item label={l.file} {...(isTried && !file ? { validateStatus: 'error' as const, help: l.noFile } : {})}>
          <PickFile file={file} onPick={setFile} />
        </Form.Item>
        <Form.Item
          name="name"
          label={l.name}
          rules={[{ required: true, whitespace: true, message: l.required(l.name) }]}
        >
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="id" label={l.type}>
          <Select options={types} />
        </Form.Item>
        <Form.Item name="form" label={l.form}>
          <Select options={listForms.map((value) => ({ value, label: l.forms[value] ?? value }))} />
        </Form.Item>
        <Form.Item name="column" label={l.column} extra={l.columnLead}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

interface PickFileProps {
  readonly file: File | undefined;
  readonly onPick: (file: File) => void;
}

function PickFile({ file, onPick }: PickFileProps) {
  const l = useText().crowds.lists;
  const input = useRef<HTMLInputElement>(null);
  const picked = () => {
    const [found] = input.current?.files ?? [];
    if (found) onPick(found);
  };
  return (
    <>
      <Button onClick={() => input.current?.click()}>{l.pick}</Button> <span>{file?.name}</span>
      <input ref={input} type="file" hidden accept=".csv,.tsv,.txt,.xlsx" data-testid="list-file" onChange={picked} />
    </>
  );
}
