import { writeSync } from 'node:fs';
import { openLog } from './log.ts';
import { entry } from './testing.fixture.ts';

/** Appends without end, and says each number when it is acknowledged: `crash.fixture.ts FOLDER FIRST`. */
const [dir = '', first = '0'] = process.argv.slice(2);
const AT_ONCE = 16;

const log = await openLog(dir, { segmentBytes: 20_000 });
let next = Number(first);

async function appendForEver(): Promise<never> {
  for (;;) {
    const number = next;
    next += 1;
    await log.append(entry(`${number} ${'x'.repeat(number % 900)}`));
    writeSync(1, `${number}\n`);
    if (number % 500 === 0) await log.seal();
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, appendForEver));
