import { Button } from 'antd';
import type { Text } from '../../src/base/text.ts';
import { ApiError } from '../data/apiError.ts';
import { useText } from '../text/useText.ts';
import type { Texts } from '../text/zh.ts';
import { Notice } from './Notice.tsx';

/** What the server says of a fault. */
interface Told {
  readonly code: string;
  readonly detail: string;
  readonly text?: Text | undefined;
}

/** A fault in the language in use: in the server's words for it, else by its code; without either, its detail. */
export function sayFault({ code, detail, text }: Told, t: Texts['ui']): string {
  return text?.[t.lang] ?? t.errors[code] ?? detail;
}

/** What a reader is told of an error. */
export function sayError(error: unknown, t: Texts['ui']): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'offline') return t.offline;
  return error.status === 500 ? t.internal : sayFault(error, t);
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
      <div style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{sayError(error, t)}</div>
      {code ? <div className="qc-small">{code}</div> : null}
    </>
  );
  return (
    <div role="alert">
      <Notice title={t.failed} lead={lead} action={onRetry ? <Button onClick={onRetry}>{t.retry}</Button> : null} />
    </div>
  );
}
