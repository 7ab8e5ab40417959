import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';

const object = z.record(z.string(), z.unknown());

/** A rule as it is given to a command: JSON itself, or the path of a JSON or YAML file. */
export function ruleGiven(given: string): Record<string, unknown> {
  const isJson = given.trimStart().startsWith('{');
  const read = object.safeParse(isJson ? jsonOf(given) : yamlIn(given));
  if (read.success) return read.data;
  throw new InputError('audience_rule', say('audience.file', { path: isJson ? 'JSON' : given, why: 'not an object' }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError('audience_rule', say('audience.json', { why: whyOf(error) }));
  }
}

function yamlIn(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InputError('audience_rule', say('audience.file', { path, why: whyOf(error) }));
  }
}

const whyOf = (error: unknown): string => (error instanceof Error ? error.message.trim() : String(error));
