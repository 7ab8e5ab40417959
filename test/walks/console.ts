import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where the built console stands. */
export const consoleFolder = join(root, 'dist', 'web');

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Whether the console on disk is of the sources as they stand. */
function isBuilt(): boolean {
  const index = join(consoleFolder, 'index.html');
  if (!existsSync(index)) return false;
  const built = statSync(index).mtimeMs;
  const sources = [...filesOf(join(root, 'web')), join(root, 'vite.config.ts')];
  return sources.filter((path) => !path.endsWith('.test.ts')).every((path) => statSync(path).mtimeMs <= built);
}

/** The console as a user gets it: built where it is missing or older than its sources, and its files compressed. */
export async function ensureConsole(): Promise<void> {
  if (!isBuilt()) await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  for (const path of filesOf(consoleFolder).filter((each) => /\.(js|css|html|svg)$/.test(each)))
    if (!existsSync(`${path}.br`))
      writeFileSync(
        `${path}.br`,
        brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
}
