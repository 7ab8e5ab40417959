import { App, Button, Input, Modal, Space } from 'antd';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';

interface SecretOnceProps {
  readonly title: string;
  readonly lead: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** A secret that is told this once; it stands on no other page and in no address. */
export function SecretOnce({ title, lead, secret, onClose }: SecretOnceProps) {
  const t = useText();
  const { message } = App.useApp();
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => message.success(t.admin.copied),
      (error: unknown) => message.error(sayError(error, t.ui)),
    );
  return (
    <Modal
      open
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.admin.kept}
        </Button>
      }
    >
      <p>{lead}</p>
      <Space.Compact style={{ width: '100%' }}>
        <Input readOnly value={secret} aria-label={title} onFocus={({ target }) => target.select()} />
        <Button onClick={() => void copy()}>{t.admin.copy}</Button>
      </Space.Compact>
    </Modal>
  );
}
