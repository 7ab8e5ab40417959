import type { Recognised } from '../../../src/api/data.ts';

/** How the report of a file that nothing recognises tells what it is most like. */
const likeness = /Most like (\w+), it lacks (.+?)\./;

/** What a file is most like and what it lacks, from what the report of an import says of it. */
export function nearestIn(message: string): NonNullable<Recognised['nearest']> | undefined {
  const [, entity, missing] = likeness.exec(message) ?? [];
  return entity === undefined || missing === undefined ? undefined : { entity, missing: missing.split(', ') };
}
