/** `npx tsx bench/curve.ts`: pictures of cost against size, from the runs kept in `runs` (rows of `npm run bench -- --format json`). */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { costLines, dayLines, type Kept } from './curve/lines.ts';
import { pictureOf } from './curve/picture.ts';

const runs = new URL('./runs/', import.meta.url);
const files = readdirSync(runs)
  .filter((name) => name.endsWith('.json'))
  .sort();
const rows = files.flatMap((name) => JSON.parse(readFileSync(new URL(name, runs), 'utf8')) as Kept[]); // as: the bench wrote it

const pictures = {
  'cost-against-size.svg': pictureOf('What a question costs, by the number of events', costLines(rows)),
  'cost-of-a-day.svg': pictureOf('What one more day costs, and everything anew', dayLines(rows)),
};
for (const [name, picture] of Object.entries(pictures)) writeFileSync(new URL(name, import.meta.url), picture);
console.log(`${rows.length} rows of ${files.length} runs: bench/${Object.keys(pictures).join(', bench/')}`);
