import { useStages } from './useStages.ts';

/** A stage as everywhere: its mark in its fixed colour, and its name. */
export function StageTag({ code }: { readonly code: string }) {
  const stages = useStages();
  const color = stages.color(code);
  return (
    <span className="qc-stage">
      <span
        className={color ? 'qc-stage-mark' : 'qc-stage-mark qc-stage-mark-none'}
        style={color ? { background: color } : {}}
      />
      {stages.name(code)}
    </span>
  );
}
