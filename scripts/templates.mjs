// Folders of a new home's stores, made once by an engine's version and by all migrations: a new home only copies them.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');

function isMadeBy(template, version) {
  const note = `${template}.version`;
  return existsSync(template) && existsSync(note) && readFileSync(note, 'utf8') === version;
}

/** Makes the folder `template` by `open`, unless the same version of the engine has made it. */
export async function prepare(template, engine, open) {
  const { version } = JSON.parse(readFileSync(join(packages, engine, 'package.json'), 'utf8'));
  if (isMadeBy(template, version)) return;
  const making = `${template}.${process.pid}`;
  mkdirSync(dirname(template), { recursive: true });
  await (await open(making)).close();
  // Another process may have been quicker, and be copying it already.
  if (isMadeBy(template, version)) return rmSync(making, { recursive: true });
  rmSync(template, { recursive: true, force: true });
  renameSync(making, template);
  writeFileSync(`${template}.version`, version);
}

/** Takes away what other migrations made, once it is not needed. */
export function dropOthers(templates) {
  const kept = templates.flatMap((path) => [basename(path), `${basename(path)}.version`]);
  const folder = dirname(templates[0]);
  for (const name of readdirSync(folder))
    if (!kept.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
}
