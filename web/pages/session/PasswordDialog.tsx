import { App, Modal } from 'antd';
import { useText } from '../../text/useText.ts';
import { PasswordForm } from './PasswordForm.tsx';

/** Changes one's own password from the menu of the account. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const { message } = App.useApp();
  const done = () => {
    void message.success(t.session.changed);
    onClose();
  };
  return (
    <Modal open title={t.shell.changePassword} footer={null} onCancel={onClose} destroyOnHidden>
      <PasswordForm onDone={done} />
    </Modal>
  );
}
