import { isObject } from '../kinds/bodies.ts';
import type { RuleData } from './tree.ts';

const NAME = 'rule';
/** Longer rules do not go into an address: a mail or a chat would cut it. */
const MOST = 8000;

/** A rule as the part of an address that no server sees; undefined where it is too long for one. */
export function hashOf(rule: RuleData): string | undefined {
  const hash = `#${NAME}=${encodeURIComponent(JSON.stringify(rule))}`;
  return hash.length > MOST ? undefined : hash;
}

/** The rule of an address, if it has one. */
export function ruleIn(hash: string): RuleData | undefined {
  const text = new URLSearchParams(hash.replace(/^#/, '')).get(NAME);
  try {
    const read: unknown = JSON.parse(text ?? '');
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** The builder's address with a rule to begin with; a rule too long for it is left out. */
export function builderWith(rule: RuleData): string {
  return `/audiences/new${hashOf(rule) ?? ''}`;
}
