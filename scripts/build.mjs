// Builds the program into dist: TypeScript, the files beside it, the console, and the folders a new home's stores start from.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build as bundle } from 'vite';
import { dropOthers, prepare } from './templates.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

async function step(name, work) {
  const start = performance.now();
  const result = await work();
  process.stderr.write(`build: ${name} ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}

/** Everything but the prepared stores, so that a source file that was removed leaves nothing behind. */
function clean() {
  if (!existsSync(at('dist'))) return;
  for (const name of readdirSync(at('dist'))) if (name !== 'templates') rmSync(at('dist', name), { recursive: true });
}

function compile() {
  execFileSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Pages, presets and tables that stand beside the code. */
function copyBeside() {
  cpSync(at('src'), at('dist'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
}

function makeRunnable() {
  for (const path of [at('qiancheng'), at('dist/cli/main.js')]) if (existsSync(path)) chmodSync(path, 0o755);
}

/** The console's pages, and each of its files compressed once, so that serving costs nothing. */
async function buildConsole() {
  await bundle({ configFile: at('vite.config.ts'), logLevel: 'warn' });
  for (const name of readdirSync(at('dist', 'web'), { recursive: true })) {
    if (!/\.(js|css|html|svg|json)$/.test(name)) continue;
    const path = at('dist', 'web', name);
    const content = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

/** What a new home starts from. Note: PostgreSQL's first start takes seconds and 0.9 GB. */
async function prepareStores() {
  const { templatePath } = await import('../dist/base/template.js');
  const registry = await import('../dist/registry/migrate.js');
  const warehouse = await import('../dist/warehouse/migrate.js');
  const { openRegistry } = await import('../dist/registry/open.js');
  const { openWarehouse } = await import('../dist/warehouse/open.js');
  const ofRegistry = templatePath('registry', registry.migrations);
  const ofWarehouse = templatePath('warehouse', warehouse.migrations);
  await prepare(ofRegistry, '@electric-sql/pglite', (dir) => openRegistry({ kind: 'embedded', dir }));
  await prepare(ofWarehouse, 'chdb', (dir) => openWarehouse({ kind: 'embedded', dir }));
  dropOthers([ofRegistry, ofWarehouse]);
}

try {
  clean();
  await step('TypeScript', compile);
  await step('files beside the code', copyBeside);
  makeRunnable();
  await step('console', buildConsole);
  await step('stores of a new home', prepareStores);
} catch (error) {
  // The compiler has told its errors already.
  process.stderr.write(`build: failed. ${error.status === undefined ? error.stack : 'See the errors above.'}\n`);
  process.exitCode = 1;
}
