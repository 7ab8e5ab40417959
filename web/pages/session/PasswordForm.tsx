import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { changePassword } from '../../data/session.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface Given {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

/** Fewest characters of a password. */
const LEAST = 10;

/** The current password, and twice the new one. */
export function PasswordForm({ onDone }: { readonly onDone?: () => void }) {
  const t = useText();
  const s = t.session;
  const changing = useMutation({
    mutationFn: ({ current, next }: Given) => changePassword(current, next),
    onSuccess: () => onDone?.(),
  });
  return (
    <>
      {changing.error ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={sayError(changing.error, t.ui)}
          style={{ marginBlockEnd: 16 }}
        />
      ) : null}
      <Form<Given> layout="vertical" requiredMark={false} onFinish={(given) => changing.mutate(given)}>
        <Form.Item name="current" label={s.current} rules={[{ required: true, message: s.needPassword }]}>
          <Input.Password autoComplete="current-password" maxLength={256} autoFocus />
        </Form.Item>
        <Form.Item
          name="next"
          label={s.next}
          extra={s.rule}
          dependencies={['current']}
          rules={[
            { required: true, min: LEAST, message: s.rule },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value && value === getFieldValue('current') ? Promise.reject(new Error(s.same)) : Promise.resolve(),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={256} />
        </Form.Item>
        <Form.Item
          name="again"
          label={s.again}
          dependencies={['next']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(s.differ)),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={256} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={changing.isPending}>
          {s.save}
        </Button>
      </Form>
    </>
  );
}
