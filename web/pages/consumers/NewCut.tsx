import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { useCutLook, useCutting } from '../../data/links.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { Changes } from './CutDialog.tsx';
import { cutKinds, requestOf, type WrittenCut } from './newCut.ts';

/** Asks for a cut of any kind, shows what it would change, and makes it. */
export function NewCut({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const c = t.consumers;
  const { message } = App.useApp();
  const [form] = Form.useForm<WrittenCut>();
  const looking = useCutLook();
  const cutting = useCutting();
  const error = looking.error ?? cutting.error;
  const forget = () => {
    looking.reset();
    cutting.reset();
  };
  const go = ({ note = '', ...written }: WrittenCut) => {
    const request = requestOf(written);
    if (!looking.data) return looking.mutate(request);
    const onSuccess = ({ id }: { readonly id: number }) => {
      void message.success(c.cutDone(id));
      onClose();
    };
    cutting.mutate({ ...request, note: note.trim() }, { onSuccess });
  };
  return (
    <Modal
      open
      title={c.cutNew}
      okText={looking.data ? c.cut : c.cutPreview}
      okButtonProps={{ danger: looking.data !== undefined }}
      cancelText={t.ui.cancel}
      confirmLoading={looking.isPending || cutting.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="qc-muted">{c.cutLead}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'identifier' }}
        onFinish={go}
        onValuesChange={(changed) => ('note' in changed ? undefined : forget())}
        autoComplete="off"
      >
        <Form.Item name="kind" label={c.cutKind}>
          <Select virtual={false} options={cutKinds.map((value) => ({ value, label: c.cutKinds[value] }))} />
        </Form.Item>
        <Form.Item<WrittenCut> noStyle dependencies={['kind']}>
          {({ getFieldValue }) => <Fields kind={getFieldValue('kind')} />}
        </Form.Item>
        <Form.Item name="note" label={c.cutNote}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
      {looking.isPending || looking.data ? <Changes preview={looking.data} /> : null}
      {error ? (
        <Alert role="alert" type="error" showIcon title={t.ui.failed} description={sayError(error, t.ui)} />
      ) : null}
    </Modal>
  );
}

/** What a kind of cut asks for. */
function Fields({ kind }: Pick<WrittenCut, 'kind'>) {
  const c = useText().consumers;
  const named = [{ required: true, pattern: /^\s*[a-z0-9_]+:.+$/, message: c.cutNeedOne }];
  const text = <Input autoComplete="off" spellCheck={false} maxLength={500} />;
  const sources = { identifier: c.cutOwnSource, source: c.cutSourceName, time: c.cutAnySource, pair: undefined };
  const needed = { required: true, whitespace: true, message: c.cutNeedSource };
  return (
    <>
      {kind === 'identifier' || kind === 'pair' ? (
        <Form.Item name="one" label={c.cutOne} extra={c.cutOneLead} rules={named}>
          {text}
        </Form.Item>
      ) : null}
      {kind === 'pair' ? (
        <Form.Item name="other" label={c.cutOther} rules={named}>
          {text}
        </Form.Item>
      ) : null}
      {kind === 'time' ? (
        <Form.Item
          name="from"
          label={c.cutSince}
          extra={c.cutSinceLead}
          rules={[{ required: true, whitespace: true, message: c.cutNeedSince }]}
        >
          {text}
        </Form.Item>
      ) : null}
      {sources[kind] ? (
        <Form.Item name="source" label={sources[kind]} rules={kind === 'source' ? [needed] : []}>
          {text}
        </Form.Item>
      ) : null}
    </>
  );
}
