import type { Accounts } from '../accounts/accounts.ts';
import type { Answers } from '../app/answers.ts';
import type { Jobs } from '../app/jobs/jobs.ts';
import type { Live } from '../app/live/live.ts';
import type { Product } from '../app/product.ts';
import type { PushJobs } from '../app/pushing/pushJobs.ts';
import type { Reports } from '../app/reporting/reporting.ts';
import type { Uploads } from '../app/uploads.ts';
import type { Operations } from './operations.ts';

/** What every route works with; made once a server. */
export interface Services {
  readonly product: Product;
  readonly accounts: Accounts;
  readonly answers: Answers;
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly reports: Reports;
  readonly pushes: PushJobs;
  readonly live: Live;
  readonly operations: Operations;
  readonly now: () => Date;
  /** Writes one line of the server's log; never an identifier, a secret or a body. */
  log(line: string): void;
}
