import { z } from 'zod';
import { InputError } from '../../base/errors.ts';
import { issueText } from '../../base/faults/issue.ts';
import { joined, say, semicolon } from '../../base/faults/say.ts';
import { readRule } from '../read.ts';
import type { Rule } from '../rule.ts';
import { type Taxonomy, type TaxonomyBody, type TaxonomyVersion, taxonomyBody } from './taxonomy.ts';

/** A taxonomy as it is given, checked with its rules; every fault is told with its place. */
export function readTaxonomy(given: unknown): TaxonomyBody {
  const read = taxonomyBody.safeParse(asWritten(given));
  if (!read.success) {
    const faults = read.error.issues.map((issue) =>
      say('fault.at', { place: issue.path.join('.') || 'taxonomy', what: issueText(issue) }),
    );
    throw new InputError('crowds', say('crowds.faults', { faults: joined(faults, semicolon) }));
  }
  for (const [at, { id, rule }] of read.data.crowds.entries())
    if (standsOnOthers(readRule(rule, ['crowds', at, 'rule'])))
      throw new InputError('crowds', say('crowds.nested', { id }));
  return read.data;
}

/** A taxonomy as it is shown has more than one that is written, so that it may be changed and given back. */
function asWritten(given: unknown): unknown {
  const shown = z.looseObject({ crowds: z.array(z.looseObject({})) }).safeParse(given);
  if (!shown.success) return given;
  const { version: _, origin: __, ...written } = shown.data;
  return { ...written, crowds: written.crowds.map(({ sentence: ___, ...crowd }) => crowd) };
}

/** Crowds are made of facts: one that named an audience or a crowd would change with those unseen. */
function standsOnOthers({ kind, parts }: Rule): boolean {
  return ['audience', 'crowd'].includes(kind.name) || parts.some(standsOnOthers);
}

/** A version with its rules read. */
export function openTaxonomy({ name, version, title, crowds }: TaxonomyVersion): Taxonomy {
  return { name, version, title, crowds: crowds.map(({ rule, ...crowd }) => ({ ...crowd, rule: readRule(rule) })) };
}
