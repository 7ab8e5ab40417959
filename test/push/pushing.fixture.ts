/** Runs a push in a process that a test may kill: `tsx pushing.fixture.ts HOME PUSH`. */
import { openProduct } from '../../src/app/product.ts';
import { unwatched } from '../../src/base/progress.ts';

const [home = '', push = ''] = process.argv.slice(2);
process.once('disconnect', () => process.exit());
const product = await openProduct(home, {}, () => new Date('2026-07-15T00:00:00Z'));
await product.pushing.run(push, { by: 'killed' }, unwatched);
