import { people } from '../identity/people.ts';
import { type Fragment, own, sql, whole } from '../warehouse/sql.ts';

/** What a profile's tag `consent` says where consent was withdrawn, in lower case. */
const WITHDRAWN = ['0', 'false', 'no', 'n', 'off', 'withdrawn', '否'];

/** Consumers with an identifier whose rows are refused, as those of people who asked to be deleted: `consumer`. */
export const suppressedConsumers: Fragment = sql`SELECT consumer FROM ${people}
  WHERE consumer != 0 AND who IN (SELECT ident FROM ${whole('suppressed')})`;

/** Consumers of whom any profile, of whichever source, says that consent was withdrawn: `consumer`. */
export const withdrawnAltogether: Fragment = sql`SELECT DISTINCT consumer FROM ${own('profiles')}
  WHERE consumer != 0 AND lowerUTF8(trimBoth(props['consent'])) IN ${WITHDRAWN}`;
