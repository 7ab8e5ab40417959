import { Form, Input, InputNumber, Modal, Select, Switch, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useText } from '../../text/useText.ts';
import { cronOf, everies, isCron, standardWhen, type When } from './cron.ts';
import { useWhenWords } from './useWhenWords.ts';

/** A schedule as the API takes it. */
export interface Given {
  readonly name: string;
  readonly cron: string;
  readonly days: number;
  readonly webhook: string | null;
  readonly enabled: boolean;
}

interface NewScheduleProps {
  readonly isBusy: boolean;
  readonly onMake: (schedule: Given) => void;
  readonly onClose: () => void;
}

type Fields = Pick<Given, 'name' | 'days' | 'enabled'> & { readonly webhook?: string };

/** When a report is made, of how many days, and where it is sent. */
export function NewSchedule({ isBusy, onMake, onClose }: NewScheduleProps) {
  const t = useText();
  const s = t.reports.schedules;
  const [form] = Form.useForm<Fields>();
  const [when, setWhen] = useState(standardWhen);
  const told = useWhenWords();
  const cron = cronOf(when);
  const make = ({ webhook, ...fields }: Fields) => {
    if (isCron(cron)) onMake({ ...fields, cron, webhook: webhook?.trim() || null });
  };
  return (
    <Modal
      open
      title={s.add}
      okText={t.ui.save}
      cancelText={t.ui.cancel}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" initialValues={{ days: 7, enabled: true }} onFinish={make}>
        <Form.Item name="name" label={s.name} rules={[{ required: true, whitespace: true, message: s.name }]}>
          <Input autoFocus maxLength={100} placeholder={s.namePlaceholder} />
        </Form.Item>
        <Form.Item
          label={s.when}
          {...(isCron(cron) ? { extra: told(cron) } : { validateStatus: 'error' as const, help: s.badCron })}
        >
          <WhenFields when={when} onChange={(part) => setWhen({ ...when, ...part })} />
        </Form.Item>
        <Form.Item name="days" label={s.days} rules={[{ required: true }]}>
          <InputNumber min={1} max={400} precision={0} />
        </Form.Item>
        <Form.Item
          name="webhook"
          label={s.webhook}
          extra={s.webhookLead}
          rules={[{ type: 'url', pattern: /^https?:\/\//, message: s.badWebhook }]}
        >
          <Input type="url" maxLength={2000} placeholder="https://" autoComplete="off" />
        </Form.Item>
        <Form.Item name="enabled" label={s.enabled} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}

interface WhenFieldsProps {
  readonly when: When;
  readonly onChange: (part: Partial<When>) => void;
}

function WhenFields({ when, onChange }: WhenFieldsProps) {
  const s = useText().reports.schedules;
  return (
    <div className="qc-when">
      <Select
        aria-label={s.when}
        value={when.every}
        onChange={(every) => onChange({ every })}
        options={everies.map((value) => ({ value, label: s.every[value] }))}
        popupMatchSelectWidth={false}
        style={{ minWidth: 120 }}
      />
      {when.every === 'week' ? (
        <Select
          aria-label={s.weekday}
          value={when.weekday}
          onChange={(weekday) => onChange({ weekday })}
          options={s.weekdays.map((label, value) => ({ value, label }))}
          popupMatchSelectWidth={false}
        />
      ) : null}
      {when.every === 'month' ? (
        <Select
          aria-label={s.monthday}
          value={when.monthday}
          onChange={(monthday) => onChange({ monthday })}
          options={Array.from({ length: 28 }, (_, i) => ({ value: i + 1, label: s.monthdayNo(i + 1) }))}
        />
      ) : null}
      {when.every === 'own' ? (
        <Input
          aria-label={s.cron}
          title={s.cron}
          value={when.cron}
          maxLength={100}
          style={{ width: 160 }}
          onChange={({ target }) => onChange({ cron: target.value })}
        />
      ) : (
        <TimePicker
          aria-label={s.time}
          format="HH:mm"
          allowClear={false}
          needConfirm={false}
          value={dayjs(`2000-01-01T${when.time}`)}
          onChange={(time) => time && onChange({ time: time.format('HH:mm') })}
        />
      )}
    </div>
  );
}
