import { Button } from 'antd';
import { ApiError } from '../data/apiError.ts';
import { useText } from '../text/useText.ts';
import type { Texts } from '../text/zh.ts';
import { Notice } from './Notice.tsx';

/** A fault by its code in the language in use; without words for it, what the server said. */
export function sayFault(code: string, detail: string, t: Texts['ui']): string {
  return t.errors[code]?.replace('{detail}', () => detail) ?? detail;
}

/** What a reader is told of an error. */
export function sayError(error: unknown, t: Texts['ui']): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'offline') return t.offline;
  return error.status === 500 ? t.internal : sayFault(error.code, error.detail, t);
}

interface FailedProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** In place of an answer that failed: what went wrong, and trying again. */
export function Failed({ error, onRetry }: FailedProps) {
  const t = useText().ui;
  const code = error instanceof ApiError && error.code !== 'offline' ? t.code(error.code) : undefined;
  const lead = (
    <>
      <div style={{ overflowWrap: 'anywhere' }}>{sayError(error, t)}</div>
      {code ? <div className="qc-small">{code}</div> : null}
    </>
  );
  return (
    <div role="alert">
      <Notice title={t.failed} lead={lead} action={onRetry ? <Button onClick={onRetry}>{t.retry}</Button> : null} />
    </div>
  );
}
