import { useBuild } from './build.ts';

/** What is wrong with a condition, at its place. */
export function NodeFaults({ id }: { readonly id: number }) {
  const { faults } = useBuild();
  const own = faults.get(id);
  if (!own) return null;
  return (
    <ul className="qc-rule-faults" role="alert">
      {own.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}
