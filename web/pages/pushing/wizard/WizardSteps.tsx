import { useText } from '../../../text/useText.ts';

/** Where the making of a push stands: who and where, limits, check. */
export function WizardSteps({ current }: { readonly current: number }) {
  const { steps, wizard } = useText().pushes;
  return (
    <ol className="qc-push-steps" aria-label={wizard.title}>
      {[steps.who, steps.limits, steps.check].map((title, at) => (
        <li key={title} aria-current={at === current ? 'step' : undefined}>
          {title}
        </li>
      ))}
    </ol>
  );
}
