import { Button } from 'antd';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { useSession } from '../data/session.ts';
import { useText } from '../text/useText.ts';
import { Notice } from '../ui/Notice.tsx';

/** In place of a page that a role may not see. */
export function Forbidden() {
  const t = useText().shell;
  const { user } = useSession();
  useEffect(() => {
    document.title = `${t.forbidden} · ${t.product}`;
  }, [t]);
  const home = (
    <Link href="/">
      <Button type="primary">{t.toHome}</Button>
    </Link>
  );
  return <Notice heading title={t.forbidden} lead={t.forbiddenLead(t.roles[user.role])} action={home} />;
}
