import { useEffect } from 'react';
import { useText } from '../../text/useText.ts';
import { Gate } from './Gate.tsx';
import { PasswordForm } from './PasswordForm.tsx';

/** Before anything else, the first password is changed. */
export function FirstPasswordPage() {
  const t = useText().session;
  useEffect(() => {
    document.title = t.firstTitle;
  }, [t.firstTitle]);
  return (
    <Gate title={t.firstTitle} lead={t.firstLead}>
      <PasswordForm />
    </Gate>
  );
}
