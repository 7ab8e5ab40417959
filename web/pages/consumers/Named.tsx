import { useText } from '../../text/useText.ts';

/** `phone:3f9a…` as its type in words and its value. */
export function Named({ name }: { readonly name: string }) {
  const t = useText().data.identifiers;
  const at = name.indexOf(':');
  const type = name.slice(0, Math.max(0, at));
  return (
    <span>
      <span className="qc-muted">{t[type] ?? type}</span>{' '}
      <code style={{ overflowWrap: 'anywhere' }}>{name.slice(at + 1)}</code>
    </span>
  );
}
