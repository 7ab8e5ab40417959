import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useText } from '../../../text/useText.ts';
import { type Act, ActForm, isAct } from './Act.tsx';
import { given, hasOnly, isNumber } from './bodies.ts';
import { Field, NumberField } from './fields.tsx';
import { defineForm, type FormProps } from './form.ts';
import { More } from './More.tsx';

interface Sequence {
  readonly steps: readonly Act[];
  readonly within_days: number;
  readonly without?: Act | undefined;
}

const MOST_STEPS = 10;

function Form({ body, onChange }: FormProps<Sequence>) {
  const t = useText().audiences.forms.sequence;
  const { steps, without } = body;
  const put = (change: Partial<Sequence>, about: string) => onChange(given({ ...body, ...change }), about);
  const event = without ?? { did: { behavior: ['refund'] } };
  return (
    <>
      <Field label={t.within}>
        <NumberField
          label={t.within}
          value={body.within_days}
          onChange={(days) => days !== undefined && put({ within_days: days }, 'within')}
        />
        <span>{t.withinUnit}</span>
      </Field>
      <ol className="qc-rule-steps">
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place
          <li key={at}>
            <ActForm
              label={t.step(at + 1)}
              act={step}
              onChange={(next) => put({ steps: steps.map((each, i) => (i === at ? next : each)) }, `step ${at}`)}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              disabled={steps.length === 1}
              aria-label={t.removeStep(at + 1)}
              title={t.removeStep(at + 1)}
              onClick={() => put({ steps: steps.filter((_, i) => i !== at) }, 'steps')}
            />
          </li>
        ))}
      </ol>
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        disabled={steps.length >= MOST_STEPS}
        onClick={() => put({ steps: [...steps, { bought: {} }] }, 'steps')}
      >
        {t.addStep}
      </Button>
      <More
        extras={[
          {
            key: 'without',
            label: t.without,
            isSet: without !== undefined,
            render: (close) => (
              <Field
                label={t.without}
                onClear={() => {
                  close();
                  put({ without: undefined }, 'without');
                }}
              >
                <ActForm
                  eventsOnly
                  label={t.without}
                  act={event}
                  onChange={(next) => put({ without: next }, 'without')}
                />
              </Field>
            ),
          },
        ]}
      />
    </>
  );
}

/** One thing after another within so many days, and none of a third between. */
export const sequence = defineForm<Sequence>({
  name: 'sequence',
  group: 'behavior',
  fresh: () => ({ steps: [{ did: { behavior: ['cart'] } }, { bought: {} }], within_days: 7 }),
  fits: (body): body is Sequence =>
    hasOnly(body, {
      steps: (steps) => Array.isArray(steps) && steps.every(isAct),
      within_days: isNumber,
      without: (act) => isAct(act) && 'did' in act,
    }) && Array.isArray((body as Partial<Sequence>).steps), // as: an object of these keys only
  Form,
});
