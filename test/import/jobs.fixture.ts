/** Serves the jobs of a home in a process that a test may kill, and asks for an import: `tsx jobs.fixture.ts HOME PATH`. */
import { openJobs } from '../../src/app/jobs/jobs.ts';
import { askImport } from '../../src/app/jobs/requests.ts';
import { openProduct } from '../../src/app/product.ts';
import { openUploads } from '../../src/app/uploads.ts';

const [home = '', path = ''] = process.argv.slice(2);
const now = () => new Date(Date.parse('2026-07-01T00:00:00Z') + performance.now());
process.once('disconnect', () => process.exit());
const product = await openProduct(home, {}, now);
const uploads = openUploads(product, { now });
const jobs = await openJobs(product, { now, uploads });
const job = await askImport({ product, jobs, uploads, by: 'ling' }, { path });
jobs.subscribe(job.id, ({ progress }) => process.send?.({ job: job.id, progress }));
