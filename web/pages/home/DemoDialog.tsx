import { useMutation } from '@tanstack/react-query';
import { Alert, Form, InputNumber, Modal, Select } from 'antd';
import type { Job } from '../../../src/api/jobs.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

/** Events of each size of the demo brand, as the server makes them. */
const sizes = { tiny: 10_000, small: 200_000, medium: 1_000_000, large: 10_000_000, huge: 100_000_000 } as const;
type Size = keyof typeof sizes;

const MOST_SEED = 2 ** 31;

interface DemoDialogProps {
  readonly onStarted: (job: number) => void;
  readonly onClose: () => void;
}

interface Given {
  readonly size: Size;
  readonly seed?: number | null;
}

/** Asks how large a demo brand is wanted, and begins to load it. */
export function DemoDialog({ onStarted, onClose }: DemoDialogProps) {
  const t = useText();
  const d = t.home.demo;
  const format = useFormat();
  const [form] = Form.useForm<Given>();
  const size = Form.useWatch('size', form) ?? 'small';
  const starting = useMutation({
    mutationFn: ({ size, seed }: Given) =>
      call<Job>('/api/demo', { method: 'POST', body: { size, ...(typeof seed === 'number' ? { seed } : {}) } }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      onStarted(id);
    },
  });
  const options = Object.entries(sizes).map(([value, events]) => ({
    value,
    label: `${d.sizes[value as Size]} · ${d.events(format.brief(events, 'count'))}`, // as: a key of the same table
  }));
  return (
    <Modal
      open
      title={d.title}
      okText={d.go}
      cancelText={t.ui.cancel}
      confirmLoading={starting.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="qc-muted">{d.lead}</p>
      <Form form={form} layout="vertical" initialValues={{ size: 'small' }} onFinish={starting.mutate}>
        <Form.Item name="size" label={d.size} {...(sizes[size] > sizes.medium ? { extra: d.long } : {})}>
          <Select options={options} />
        </Form.Item>
        <Form.Item name="seed" label={d.seed} extra={d.seedLead}>
          <InputNumber min={0} max={MOST_SEED} precision={0} placeholder="1" />
        </Form.Item>
      </Form>
      {starting.error ? (
        <Alert role="alert" type="error" showIcon title={t.ui.failed} description={sayError(starting.error, t.ui)} />
      ) : null}
    </Modal>
  );
}
