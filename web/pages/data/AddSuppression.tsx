import { Alert, Form, Input, Modal, Select } from 'antd';
import { ApiError } from '../../data/apiError.ts';
import { useSuppressing } from '../../data/suppressions.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface AddSuppressionProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** In place of a type that has a name in words: another, which is written. */
const OTHER = '';

interface Given {
  readonly type: string;
  readonly other?: string;
  readonly value: string;
}

/** Asks for an identifier by its type and value; the value goes in the body of the request and is kept nowhere. */
export function AddSuppression({ onDone, onClose }: AddSuppressionProps) {
  const t = useText();
  const s = t.suppressions;
  const [form] = Form.useForm<Given>();
  const adding = useSuppressing();
  const isOther = Form.useWatch('type', form) === OTHER;
  const types = Object.entries(t.data.identifiers).map(([value, label]) => ({ value, label }));
  const add = ({ type, other = '', value }: Given) =>
    adding.mutate({ identifier: `${type === OTHER ? other.trim() : type}:${value.trim()}` }, { onSuccess: onDone });
  return (
    <Modal
      open
      title={s.add}
      okText={s.add}
      cancelText={t.ui.cancel}
      confirmLoading={adding.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="qc-muted">{s.addLead}</p>
      <Form form={form} layout="vertical" initialValues={{ type: 'phone' }} onFinish={add} autoComplete="off">
        <Form.Item name="type" label={s.type}>
          <Select virtual={false} options={[...types, { value: OTHER, label: s.otherType }]} />
        </Form.Item>
        {isOther ? (
          <Form.Item
            name="other"
            label={s.typeName}
            extra={s.typeLead}
            rules={[{ required: true, pattern: /^\s*[a-z0-9_]{1,64}\s*$/, message: s.typeLead }]}
          >
            <Input autoComplete="off" spellCheck={false} maxLength={64} />
          </Form.Item>
        ) : null}
        <Form.Item
          name="value"
          label={s.value}
          extra={s.valueLead}
          rules={[{ required: true, whitespace: true, message: s.needValue }]}
        >
          <Input autoFocus autoComplete="off" spellCheck={false} maxLength={900} />
        </Form.Item>
      </Form>
      {adding.error ? <NotAdded error={adding.error} /> : null}
    </Modal>
  );
}

function NotAdded({ error }: { readonly error: Error }) {
  const t = useText();
  const isUnknown = error instanceof ApiError && error.code === 'identifier';
  const lead = isUnknown ? t.suppressions.unknown : sayError(error, t.ui);
  return <Alert role="alert" type="error" showIcon title={t.suppressions.notAdded} description={lead} />;
}
