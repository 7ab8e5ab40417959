import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';

const object = z.record(z.string(), z.unknown());

/** What stands in a JSON or YAML file that is given to a command, as an object. */
export function taxonomyGiven(path: string): Record<string, unknown> {
  const read = object.safeParse(yamlIn(path));
  if (read.success) return read.data;
  throw new InputError('crowds', say('crowds.file', { path, why: 'not an object' }));
}

function yamlIn(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message.trim() : String(error);
    throw new InputError('crowds', say('crowds.file', { path, why }));
  }
}
