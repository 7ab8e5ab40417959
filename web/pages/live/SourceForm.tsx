import { App, Button, Form, Input, InputNumber, Modal, Switch } from 'antd';
import type { LiveSource } from '../../../src/api/live.ts';
import type { Ask } from '../../data/client.ts';
import { useText } from '../../text/useText.ts';

interface SourceFormProps {
  /** The source that is changed; absent for a new one. */
  readonly source: LiveSource | undefined;
  readonly isBusy: boolean;
  readonly onChange: (change: Ask & { readonly path: string }) => void;
  readonly onClose: () => void;
}

interface Given {
  readonly name: string;
  readonly enabled: boolean;
  readonly per_second: number | null;
}

const MOST_PER_SECOND = 1_000_000;

/** A new source, or the settings of one. */
export function SourceForm({ source, isBusy, onChange, onClose }: SourceFormProps) {
  const t = useText();
  const { modal } = App.useApp();
  const [form] = Form.useForm<Given>();
  const place = source ? `/api/sources/${encodeURIComponent(source.name)}` : '/api/sources';
  const renew = (name: string) =>
    modal.confirm({
      title: t.live.renewSure(name),
      content: t.live.renewLead,
      okText: t.live.renew,
      cancelText: t.ui.cancel,
      onOk: () => onChange({ path: `${place}/key`, method: 'POST' }),
    });
  const save = ({ name, enabled, per_second }: Given) =>
    onChange(
      source
        ? { path: place, method: 'PATCH', body: { enabled, per_second: per_second ?? null } }
        : { path: place, method: 'POST', body: { name } },
    );
  return (
    <Modal
      open
      title={source ? source.name : t.live.add}
      okText={source ? t.live.save : t.live.add}
      cancelText={t.ui.cancel}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" initialValues={source ?? {}} onFinish={save}>
        {source ? (
          <>
            <Form.Item name="enabled" label={t.live.enabled} valuePropName="checked">
              <Switch />
            </Form.Item>
            <Form.Item name="per_second" label={t.live.limit}>
              <InputNumber min={1} max={MOST_PER_SECOND} precision={0} placeholder={t.live.noLimit} />
            </Form.Item>
            <Button danger onClick={() => renew(source.name)}>
              {t.live.renew}
            </Button>
          </>
        ) : (
          <Form.Item
            name="name"
            label={t.live.name}
            extra={t.live.nameLead}
            rules={[{ required: true, pattern: /^[\p{L}\p{N}._@-]{1,64}$/u, message: t.live.badName }]}
          >
            <Input autoFocus autoComplete="off" maxLength={64} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
