import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { copyFolder } from '../base/folders.ts';
import { makeWhole, templatePath } from '../base/template.ts';
import { migrations } from './migrate.ts';

/** Copies the template to where a new home's facts are to lie: forty tables are copied in a tenth of the time they take to make. */
export async function beginFolder(dir: string): Promise<void> {
  const isNew = !existsSync(dir) || readdirSync(dir).length === 0;
  const template = templatePath('warehouse', migrations);
  if (!isNew || !existsSync(template)) return;
  await mkdir(dirname(dir), { recursive: true });
  await makeWhole(dir, (fresh) => copyFolder(template, fresh));
}
