import { Alert, Form, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTraining } from '../../data/lookalikes.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { AudienceSelect, AudiencesSelect } from '../../ui/form/AudienceSelect.tsx';
import { DayPicker } from '../../ui/form/PeriodPicker.tsx';
import { useLastDay } from '../../url/usePeriod.ts';

interface TrainProps {
  /** The seed to begin with; '' is none. */
  readonly seed: string;
  readonly onAsked: (job: number) => void;
  readonly onClose: () => void;
}

/** Which seed is made greater, as of which day, and who is never proposed. */
export function Train({ seed, onAsked, onClose }: TrainProps) {
  const t = useText();
  const l = t.lookalikes;
  const last = useLastDay();
  const [given, setGiven] = useState({ seed, on: last, ahead: 0, exclude: [] as string[] });
  const training = useTraining();
  const change = (more: Partial<typeof given>) => setGiven({ ...given, ...more });
  const { on, ...rest } = given;
  const train = () => training.mutate(on === last ? rest : given, { onSuccess: ({ id }) => onAsked(id) });
  return (
    <Modal
      open
      title={l.fresh}
      okText={l.train}
      okButtonProps={{ disabled: given.seed === '' }}
      cancelText={t.ui.cancel}
      confirmLoading={training.isPending}
      onCancel={onClose}
      onOk={train}
    >
      {training.error ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={sayError(training.error, t.ui)}
          style={{ marginBlockEnd: 12 }}
        />
      ) : null}
      <Form layout="vertical" component="div">
        <Form.Item label={l.seed} htmlFor="lookalike-seed">
          <AudienceSelect
            id="lookalike-seed"
            label={l.seed}
            value={given.seed}
            onChange={(next) => change({ seed: next })}
          />
        </Form.Item>
        <Form.Item label={l.on} extra={l.onLead}>
          <DayPicker label={l.on} value={on} onChange={(next) => change({ on: next })} />
        </Form.Item>
        <Form.Item label={l.ahead} htmlFor="lookalike-ahead" extra={l.aheadLead}>
          <InputNumber
            id="lookalike-ahead"
            min={0}
            max={366}
            precision={0}
            value={given.ahead}
            onChange={(ahead) => change({ ahead: ahead ?? 0 })}
          />
        </Form.Item>
        <Form.Item label={l.exclude} htmlFor="lookalike-exclude" extra={l.excludeLead}>
          <AudiencesSelect
            id="lookalike-exclude"
            label={l.exclude}
            value={given.exclude}
            onChange={(exclude) => change({ exclude })}
          />
        </Form.Item>
      </Form>
      <p className="qc-muted">{l.training}</p>
    </Modal>
  );
}
