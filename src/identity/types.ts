import { z } from 'zod';

/** What an identifier of one type is, and how far it may be trusted to name one person. */
export const identifierType = z.strictObject({
  /** Makes equal what means the same: `phone` keeps digits without the country code, `email` is lower case, `text` is trimmed. */
  normalise: z.enum(['text', 'phone', 'email']).default('text'),
  /** The value tells who a person is outside this home: only its keyed hash is kept. */
  personal: z.boolean().default(false),
  /** A person has one value of it: many values beside one identifier show that identifier to be shared. */
  single: z.boolean().default(false),
  /** Means the same person in every source; otherwise the source is part of the identifier. */
  everywhere: z.boolean().default(true),
});
export type IdentifierType = z.infer<typeof identifierType>;

const type = (settings: Partial<IdentifierType>): IdentifierType => identifierType.parse(settings);

export const knownTypes: Readonly<Record<string, IdentifierType>> = {
  user: type({ single: true }),
  member: type({ single: true }),
  phone: type({ normalise: 'phone', personal: true }),
  email: type({ normalise: 'email', personal: true }),
  openid: type({ personal: true }),
  unionid: type({ personal: true }),
  device: type({ personal: true }),
  oaid: type({ personal: true }),
  imei: type({ personal: true }),
  idfa: type({ personal: true }),
  idcard: type({ personal: true }),
};

/** A type nobody has described: plain, and known within its source only. */
const unknownType = type({ everywhere: false });

/** The types of a workspace: the known ones, with its own changes laid over them. */
export interface IdentityRules {
  readonly types: Readonly<Record<string, IdentifierType>>;
  /** More distinct people than this beside one identifier, and it is shared. */
  readonly maxConsumers: number;
}

export const defaultIdentity: IdentityRules = { types: knownTypes, maxConsumers: 10 };

export function typeOf(rules: IdentityRules, name: string): IdentifierType {
  return rules.types[name] ?? unknownType;
}

/** Types of which a person has one value. */
export function singleTypes(rules: IdentityRules): string[] {
  return Object.entries(rules.types)
    .filter(([, each]) => each.single)
    .map(([name]) => name);
}

/** Values that name nobody, in lower case. */
export const blockedValues = ['', '0', '-', 'null', 'none', 'unknown', 'anonymous'] as const;

/** This many places of one repeated character name nobody either. */
export const blockedRepeat = 6;
