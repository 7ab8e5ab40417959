import { useText } from '../../text/useText.ts';

/** Dynamic or static, and what that means. */
export function KindMark({ kind }: { readonly kind: string }) {
  const { kinds, kindTips } = useText().audiences;
  return (
    <span className={`qc-origin${kind === 'static' ? ' qc-origin-tenant' : ''}`} title={kindTips[kind]}>
      {kinds[kind] ?? kind}
    </span>
  );
}
