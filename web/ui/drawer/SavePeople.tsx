import { App, Button, Form, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type Behind, given } from '../../data/answers.ts';
import { useKeepingPeople } from '../../data/audiences.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../Failed.tsx';

/** Keeps the people behind a number as an audience of fixed members. */
export function SavePeople({ behind }: { readonly behind: Behind }) {
  const { audiences, ui: t } = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [, go] = useLocation();
  const keeping = useKeepingPeople();
  const save = (name: string) =>
    keeping.mutate(
      { name, analysis: behind.analysis, params: given(behind.params), row: { ...behind.row } },
      {
        onSuccess: ({ id, consumers }) => {
          setOpen(false);
          void message.success({
            content: (
              <Button type="link" size="small" onClick={() => go(`/audiences/${id}`)}>
                {audiences.people.saved(name, format.count(consumers ?? 0))}
              </Button>
            ),
          });
        },
        onError: (error) => void message.error(sayError(error, t)),
      },
    );
  const form = (
    <Form<{ name: string }> onFinish={({ name }) => save(name.trim())} layout="vertical" style={{ width: 260 }}>
      <Form.Item
        name="name"
        label={t.drawer.saveName}
        rules={[{ required: true, whitespace: true, message: t.drawer.needName }]}
      >
        <Input maxLength={100} placeholder={t.drawer.savePlaceholder} autoFocus />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={keeping.isPending}>
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
