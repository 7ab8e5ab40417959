import { Steps } from 'antd';
import { useText } from '../../../text/useText.ts';

/** Where the making of a push stands: who and where, limits, check. */
export function WizardSteps({ current }: { readonly current: number }) {
  const { steps } = useText().pushes;
  return (
    <Steps
      size="small"
      current={current}
      items={[{ title: steps.who }, { title: steps.limits }, { title: steps.check }]}
      style={{ marginBlockEnd: 16 }}
    />
  );
}
