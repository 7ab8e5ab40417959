/** The process of one side: `child.ts SIDE PLAN`. */
import { diskOfHome } from './home.ts';
import { type Message, sampled } from './sampled.ts';
import type { Plan } from './work.ts';
import { sides } from './works.ts';

const [name = '', plan = ''] = process.argv.slice(2);

async function work(): Promise<Message> {
  try {
    const side = sides[name];
    if (!side) throw new Error(`there is no side ${name}`);
    const done = await side(JSON.parse(plan) as Plan);
    await sampled();
    const diskMb = diskOfHome();
    return { done: diskMb === undefined ? done : { ...done, diskMb } };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.send?.(await work(), () => process.exit(0));
