import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import type { SavedPeople } from '../../../src/api/analyses.ts';
import { type Behind, given } from '../../data/answers.ts';
import { call } from '../../data/client.ts';
import { queries } from '../../data/queries.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../Failed.tsx';

function save(behind: Behind, name: string): Promise<SavedPeople> {
  const { analysis, params, row } = behind;
  return call('/api/people', { method: 'POST', body: { name, analysis, params: given(params), row } });
}

/** Keeps the people behind a number under a name. */
export function SavePeople({ behind }: { readonly behind: Behind }) {
  const t = useText().ui;
  const format = useFormat();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const saving = useMutation({
    mutationFn: (name: string) => save(behind, name),
    onSuccess: (saved) => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: ['saved-people'] });
      void message.success(t.drawer.saved(saved.name, format.count(saved.count)));
    },
    onError: (error) => void message.error(sayError(error, t)),
  });
  const form = (
    <Form<{ name: string }>
      onFinish={({ name }) => saving.mutate(name.trim())}
      layout="vertical"
      style={{ width: 260 }}
    >
      <Form.Item
        name="name"
        label={t.drawer.saveName}
        rules={[{ required: true, whitespace: true, message: t.drawer.needName }]}
      >
        <Input maxLength={100} placeholder={t.drawer.savePlaceholder} autoFocus />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t.save}
        </Button>
        <Button onClick={() => setOpen(false)}>{t.cancel}</Button>
      </Space>
    </Form>
  );
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" content={form} placement="bottomLeft" destroyOnHidden>
      <Button type="primary">{t.drawer.saveAs}</Button>
    </Popover>
  );
}
