import { writeAudit } from '../accounts/audit.ts';
import type { Asking } from '../app/jobs/requests.ts';
import { HttpError } from './problem.ts';
import type { Call } from './route.ts';

/** Who asks for a job, and with what it is asked. */
export function askingOf({ services, actor }: Call): Asking {
  const { product, jobs, uploads } = services;
  return { product, jobs, uploads, by: actor?.name ?? '' };
}

/** Notes a change in the audit. */
export function note(
  { services, actor }: Call,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  return writeAudit(services.product.installation.context.registry, actor?.name ?? '', action, detail);
}

/** An administrator's program or terminal: only these may name files of the server's own disk, or see where they lie. */
export function seesDisk({ actor }: Call): boolean {
  return actor?.role === 'admin' && actor.via !== 'session';
}

/** Refuses a file of the server's own disk to whoever may not name one. */
export function requireDisk(call: Call, ...given: (string | undefined)[]): void {
  if (given.every((each) => each === undefined) || seesDisk(call)) return;
  throw new HttpError(
    403,
    'server_path',
    "Files of the server's own disk are named by an administrator's API key or terminal only: upload the file.",
  );
}
