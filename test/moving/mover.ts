/** Moves a home in a process that a test may kill: `tsx mover.ts HOME URL [CLUSTER]`; tells each step. */
import { move } from '../../src/app/moving/move.ts';

const [dir = '', warehouse = '', cluster] = process.argv.slice(2);
const to = { warehouse, ...(cluster === undefined ? {} : { cluster }) };
const now = () => new Date('2026-07-15T00:00:00Z');
const moved = await move(to, { dir, env: {}, now }, (progress) => process.send?.({ progress }));
process.send?.({ moved });
process.disconnect?.();
