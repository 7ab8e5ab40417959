import { Button } from 'antd';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { useText } from '../text/useText.ts';
import { Notice } from '../ui/Notice.tsx';

/** In place of an address that is no page's. */
export function NotFound() {
  const t = useText().shell;
  useEffect(() => {
    document.title = `${t.notFound} · ${t.product}`;
  }, [t]);
  const home = (
    <Link href="/">
      <Button type="primary">{t.toHome}</Button>
    </Link>
  );
  return <Notice heading title={t.notFound} lead={t.notFoundLead} action={home} />;
}
