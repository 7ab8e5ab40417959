import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The engine's packages are found from here. */
const cache = join(root, 'node_modules', '.cache');

/** Makes the engine's process into JavaScript: to turn it from TypeScript at every start takes longer than all else of a start. */
export async function setup(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'engine-'));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: join(root, 'src', 'warehouse', 'engine.ts'),
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'engine.mjs' } },
    },
  });
  const beside = join(root, 'src', 'warehouse');
  for (const name of readdirSync(beside))
    if (name.endsWith('.xml')) copyFileSync(join(beside, name), join(cache, name));
  const file = join(cache, 'engine-of-tests.mjs');
  renameSync(join(outDir, 'engine.mjs'), file);
  rmSync(outDir, { recursive: true });
  process.env.ENGINE_OF_TESTS = file;
}
