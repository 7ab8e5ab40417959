import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { DestinationField, DestinationMade } from '../../../src/api/pushes.ts';
import { useAddingDestination, useDestinationKinds } from '../../data/pushes.ts';
import { useSay, useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface NewDestinationProps {
  readonly onMade: (made: DestinationMade) => void;
  readonly onClose: () => void;
}

interface Given {
  readonly name: string;
  readonly settings?: Readonly<Record<string, string | undefined>>;
}

/** A place to send to: its kind, and the settings that the kind has. */
export function NewDestination({ onMade, onClose }: NewDestinationProps) {
  const t = useText();
  const p = t.pushes;
  const say = useSay();
  const { data: kinds = [] } = useDestinationKinds();
  const [picked, setPicked] = useState('webhook');
  const [form] = Form.useForm<Given>();
  const adding = useAddingDestination();
  const kind = kinds.find(({ id }) => id === picked);
  const add = ({ name, settings = {} }: Given) => {
    const given = Object.entries(settings).flatMap(([key, value]) =>
      value === undefined || value.trim() === '' ? [] : [[key, value.trim()] as const],
    );
    adding.mutate({ name, kind: picked, settings: Object.fromEntries(given) }, { onSuccess: onMade });
  };
  const pick = (next: string) => {
    form.resetFields(['settings']);
    adding.reset();
    setPicked(next);
  };
  return (
    <Modal
      open
      title={p.places.add}
      okText={t.ui.save}
      cancelText={t.ui.cancel}
      confirmLoading={adding.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      {adding.error ? (
        <Alert type="error" showIcon role="alert" title={sayError(adding.error, t.ui)} style={{ marginBlockEnd: 12 }} />
      ) : null}
      <Form form={form} layout="vertical" autoComplete="off" onFinish={add}>
        <Form.Item label={p.places.kind} htmlFor="destination-kind" extra={kind && say(kind.about)}>
          <Select
            id="destination-kind"
            aria-label={p.places.kind}
            value={picked}
            onChange={pick}
            options={kinds.map(({ id, title }) => ({ value: id, label: say(title) }))}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={p.name}
          rules={[{ required: true, whitespace: true, message: p.places.required(p.name) }]}
        >
          <Input autoFocus maxLength={200} />
        </Form.Item>
        {(kind?.fields ?? []).map((field) => (
          <Setting key={`${picked} ${field.name}`} field={field} />
        ))}
      </Form>
    </Modal>
  );
}

function Setting({ field: { name, title, secret, required, choices } }: { readonly field: DestinationField }) {
  const p = useText().pushes.places;
  const say = useSay();
  const label = say(title);
  return (
    <Form.Item
      name={['settings', name]}
      label={label}
      extra={secret ? p.sealed : undefined}
      rules={required ? [{ required: true, whitespace: true, message: p.required(label) }] : []}
    >
      {choices ? (
        <Select allowClear options={choices.map((value) => ({ value, label: value }))} />
      ) : secret ? (
        <Input.Password autoComplete="new-password" maxLength={5000} />
      ) : (
        <Input autoComplete="off" maxLength={5000} />
      )}
    </Form.Item>
  );
}
