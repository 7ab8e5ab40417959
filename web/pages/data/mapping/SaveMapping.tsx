import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input, Popconfirm, Popover, Space } from 'antd';
import { useState } from 'react';
import type { SavedMapping } from '../../../../src/api/data.ts';
import { call } from '../../../data/client.ts';
import { queries } from '../../../data/queries.ts';
import { useText } from '../../../text/useText.ts';
import { sayError } from '../../../ui/Failed.tsx';
import { type Mapping, sendable } from './mapping.ts';

interface SaveMappingProps {
  readonly mapping: Mapping;
  /** It lacks something still. */
  readonly disabled: boolean;
  /** Name it is saved under already. */
  readonly savedAs: string | undefined;
  readonly onSaved: (name: string) => void;
  readonly onRemoved: () => void;
}

/** Keeps a mapping under a name for the next file of its kind. */
export function SaveMapping({ mapping, disabled, savedAs, onSaved, onRemoved }: SaveMappingProps) {
  const t = useText();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const refresh = () => void queries.invalidateQueries({ queryKey: ['mappings'] });
  const onError = (error: unknown) => void message.error(sayError(error, t.ui));
  const path = (name: string) => `/api/mappings/${encodeURIComponent(name)}`;
  const saving = useMutation({
    mutationFn: (name: string) => call<SavedMapping>(path(name), { method: 'PUT', body: sendable(mapping) }),
    onSuccess: ({ name }) => {
      setOpen(false);
      refresh();
      onSaved(name);
      void message.success(t.data.mapping.savedAs(name));
    },
    onError,
  });
  const removing = useMutation({
    mutationFn: (name: string) => call(path(name), { method: 'DELETE' }),
    onSuccess: () => {
      refresh();
      onRemoved();
      void message.success(t.data.mapping.removed);
    },
    onError,
  });
  const m = t.data.mapping;
  return (
    <Space wrap>
      <Popover
        trigger="click"
        open={isOpen}
        onOpenChange={setOpen}
        content={
          <Form<{ name: string }>
            layout="vertical"
            initialValues={{ name: savedAs ?? '' }}
            onFinish={({ name }) => saving.mutate(name.trim())}
            style={{ width: 260 }}
          >
            <Form.Item
              name="name"
              label={m.name}
              extra={m.saveLead}
              rules={[{ required: true, whitespace: true, message: m.name }]}
            >
              <Input maxLength={100} placeholder={m.namePlaceholder} autoFocus />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              {t.ui.save}
            </Button>
          </Form>
        }
      >
        <Button size="small" disabled={disabled}>
          {m.save}
        </Button>
      </Popover>
      {savedAs ? (
        <Popconfirm title={m.removeSure(savedAs)} onConfirm={() => removing.mutate(savedAs)}>
          <Button size="small" danger loading={removing.isPending}>
            {m.remove}
          </Button>
        </Popconfirm>
      ) : null}
    </Space>
  );
}
