import { clipped, isObject, objectOf, textOf } from '../props.ts';

type Consent = Readonly<Record<string, string>>;

/**
 * The consent that a Segment-family context tells, as props `consent.<purpose>`: Segment's and Jitsu's
 * `consent.categoryPreferences`, RudderStack's `consentManagement`.
 */
export function contextConsent(context: Readonly<Record<string, unknown>>): Consent {
  const managed = objectOf(context.consentManagement);
  return {
    ...consentOf(objectOf(context.consent).categoryPreferences),
    ...listed(managed.allowedConsentIds, 'granted'),
    ...listed(managed.deniedConsentIds, 'denied'),
  };
}

/** Purposes with yes or no, or with words such as `GRANTED`; what is neither is not told. */
export function consentOf(preferences: unknown): Consent {
  const told = Object.entries(objectOf(preferences)).map(([purpose, value]) => [prop(purpose), state(value)] as const);
  return Object.fromEntries(told.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function listed(purposes: unknown, value: 'granted' | 'denied'): Consent {
  const names = isObject(purposes) ? Object.values(purposes) : purposes;
  if (!Array.isArray(names)) return {};
  return Object.fromEntries(names.flat().map((purpose) => [prop(textOf(purpose)), value]));
}

function state(value: unknown): 'granted' | 'denied' | undefined {
  const word = textOf(value).toLowerCase();
  if (['true', 'granted', 'yes', '1'].includes(word)) return 'granted';
  return ['false', 'denied', 'no', '0'].includes(word) ? 'denied' : undefined;
}

function prop(purpose: string): string {
  return `consent.${clipped(purpose, 100)}`;
}
