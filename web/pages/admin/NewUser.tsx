import { Form, Input, Modal } from 'antd';
import type { Role } from '../../../src/api/permissions.ts';
import { useText } from '../../text/useText.ts';
import { RoleSelect } from './RoleSelect.tsx';

interface NewUserProps {
  readonly isBusy: boolean;
  readonly onMake: (user: { readonly name: string; readonly role: Role }) => void;
  readonly onClose: () => void;
}

/** Asks for the name and the role of somebody who may log in from now on. */
export function NewUser({ isBusy, onMake, onClose }: NewUserProps) {
  const t = useText();
  const u = t.admin.users;
  const [form] = Form.useForm<{ name: string; role: Role }>();
  return (
    <Modal
      open
      title={u.add}
      okText={u.add}
      cancelText={t.ui.cancel}
      confirmLoading={isBusy}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" initialValues={{ role: 'analyst' }} onFinish={onMake}>
        <Form.Item
          name="name"
          label={u.name}
          extra={u.nameLead}
          rules={[{ required: true, pattern: /^[\p{L}\p{N}._@-]{1,64}$/u, message: u.badName }]}
        >
          <Input autoFocus autoComplete="off" maxLength={64} />
        </Form.Item>
        <Form.Item name="role" label={u.role}>
          <RoleSelect label={u.role} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
