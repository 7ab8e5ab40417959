import { Alert, Form, Input, Modal, Radio } from 'antd';
import type { AudienceShown } from '../../../../src/api/audiences.ts';
import { useCreatingAudience } from '../../../data/audiences.ts';
import { useText } from '../../../text/useText.ts';
import { sayError } from '../../../ui/Failed.tsx';
import type { RuleData } from './tree.ts';

interface SaveDialogProps {
  readonly rule: RuleData;
  /** The day that is looked at in the builder. */
  readonly on: string;
  /** That day is not simply the last one of the data. */
  readonly isFixed: boolean;
  readonly name?: string;
  readonly onSaved: (audience: AudienceShown) => void;
  readonly onClose: () => void;
}

interface Given {
  readonly name: string;
  readonly kind: 'dynamic' | 'static';
  readonly day: 'latest' | 'fixed';
}

/** Saves the rule under a name: found anew with the data or fixed, as of the latest or one fixed day. */
export function SaveDialog({ rule, on, isFixed, name = '', onSaved, onClose }: SaveDialogProps) {
  const t = useText();
  const s = t.audiences.save;
  const [form] = Form.useForm<Given>();
  const creating = useCreatingAudience();
  const save = (given: Given) =>
    creating.mutate(
      { name: given.name.trim(), kind: given.kind, rule: { ...rule }, ...(given.day === 'fixed' ? { on } : {}) },
      { onSuccess: onSaved },
    );
  const kinds = (['dynamic', 'static'] as const).map((value) => ({
    value,
    label: `${t.audiences.kinds[value]} · ${t.audiences.kindTips[value]}`,
  }));
  return (
    <Modal
      open
      title={t.audiences.build.saveNew}
      okText={t.ui.save}
      cancelText={t.ui.cancel}
      confirmLoading={creating.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name, kind: 'dynamic', day: isFixed ? 'fixed' : 'latest' }}
        onFinish={save}
      >
        <Form.Item name="name" label={s.name} rules={[{ required: true, whitespace: true, message: s.needName }]}>
          <Input autoFocus maxLength={200} placeholder={s.placeholder} />
        </Form.Item>
        <Form.Item name="kind" label={s.kind}>
          <Radio.Group options={kinds} vertical />
        </Form.Item>
        <Form.Item name="day" label={s.day}>
          <Radio.Group
            vertical
            options={[
              { value: 'latest', label: s.latest },
              { value: 'fixed', label: `${s.fixed} ${on}` },
            ]}
          />
        </Form.Item>
      </Form>
      {creating.error ? (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={<span style={{ whiteSpace: 'pre-line' }}>{sayError(creating.error, t.ui)}</span>}
        />
      ) : null}
    </Modal>
  );
}
