import { Alert, Checkbox, Form, Input, InputNumber, Radio, Slider } from 'antd';
import { useText } from '../../../text/useText.ts';
import { AudiencesSelect } from '../../../ui/form/AudienceSelect.tsx';
import type { Draft } from './draft.ts';
import type { WizardPart } from './Wizard.tsx';

/** Percent of an audience that may be held out. */
const MOST_HOLDOUT = 50;

/** Whom a push holds out, whom it leaves out, and when it runs. */
export function Limits({ draft, onChange }: WizardPart) {
  const p = useText().pushes;
  const w = p.wizard;
  return (
    <Form layout="vertical" component="div">
      <Holdout draft={draft} onChange={onChange} />
      <Form.Item label={p.minimum} htmlFor="push-minimum" extra={w.minimumLead}>
        <InputNumber
          id="push-minimum"
          min={1}
          max={1_000_000}
          precision={0}
          value={draft.minimum}
          onChange={(minimum) => onChange({ minimum: minimum ?? 1 })}
        />
      </Form.Item>
      <Cap draft={draft} onChange={onChange} />
      <Form.Item label={p.exclude} htmlFor="push-exclude" extra={w.excludeLead}>
        <AudiencesSelect
          id="push-exclude"
          label={p.exclude}
          value={[...draft.exclude]}
          onChange={(exclude) => onChange({ exclude })}
        />
      </Form.Item>
      <When draft={draft} onChange={onChange} />
      <Alert type="info" showIcon title={w.gates} style={{ marginBlockEnd: 16 }} />
    </Form>
  );
}

function Holdout({ draft, onChange }: WizardPart) {
  const p = useText().pushes;
  const hold = (holdout: number | null) => onChange({ holdout: holdout ?? 0 });
  return (
    <Form.Item label={`${p.holdout} %`} htmlFor="push-holdout" extra={p.wizard.holdoutLead}>
      <div className="qc-push-cap">
        <InputNumber
          id="push-holdout"
          min={0}
          max={MOST_HOLDOUT}
          precision={1}
          value={draft.holdout}
          onChange={hold}
          style={{ width: 100 }}
        />
        <Slider
          min={0}
          max={MOST_HOLDOUT}
          value={draft.holdout}
          onChange={hold}
          ariaLabelForHandle={p.holdout}
          style={{ width: 200 }}
        />
      </div>
    </Form.Item>
  );
}

function Cap({ draft, onChange }: WizardPart) {
  const p = useText().pushes;
  const w = p.wizard;
  return (
    <Form.Item label={p.cap} extra={w.capLead}>
      <Checkbox checked={draft.isCapped} onChange={({ target }) => onChange({ isCapped: target.checked })}>
        {w.capOn}
      </Checkbox>
      {draft.isCapped ? (
        <span className="qc-push-cap">
          {w.capText.before}
          <InputNumber
            aria-label={w.capDays}
            min={1}
            max={365}
            precision={0}
            value={draft.days}
            onChange={(days) => onChange({ days: days ?? 1 })}
            style={{ width: 80 }}
          />
          {w.capText.between}
          <InputNumber
            aria-label={w.capPushes}
            min={1}
            max={1000}
            precision={0}
            value={draft.pushes}
            onChange={(pushes) => onChange({ pushes: pushes ?? 1 })}
            style={{ width: 80 }}
          />
          {w.capText.after}
        </span>
      ) : null}
    </Form.Item>
  );
}

const triggers = ['manual', 'schedule', 'refresh'] as const;

function When({ draft, onChange }: WizardPart) {
  const p = useText().pushes;
  return (
    <>
      <Form.Item label={p.trigger}>
        <Radio.Group
          aria-label={p.trigger}
          value={draft.trigger}
          options={triggers.map((value) => ({ value, label: p.triggers[value] ?? value }))}
          onChange={({ target }) => onChange({ trigger: target.value as Draft['trigger'] })} // as: one of the options
        />
      </Form.Item>
      {draft.trigger === 'schedule' ? (
        <Form.Item label={p.wizard.cron} htmlFor="push-cron" extra={p.wizard.cronLead}>
          <Input
            id="push-cron"
            maxLength={100}
            value={draft.cron}
            onChange={({ target }) => onChange({ cron: target.value })}
            style={{ maxWidth: 200 }}
          />
        </Form.Item>
      ) : null}
    </>
  );
}
