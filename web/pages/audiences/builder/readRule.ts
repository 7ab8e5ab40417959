import { isObject } from '../kinds/bodies.ts';
import type { RuleData } from './tree.ts';

/** A rule out of a text of JSON or YAML; undefined where the text is none. */
export async function readRule(text: string): Promise<RuleData | undefined> {
  try {
    const found: unknown = text.trimStart().startsWith('{') ? JSON.parse(text) : (await import('yaml')).parse(text);
    return isObject(found) && Object.keys(found).length === 1 ? found : undefined;
  } catch {
    return undefined;
  }
}
