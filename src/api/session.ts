import { z } from 'zod';
import { dayText, moment } from './common.ts';
import { permissions, roles } from './permissions.ts';

export const role = z.enum(roles);
export const userName = z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u, 'letters, digits and . _ @ - only, at most 64');
export const password = z.string().min(10).max(256);

export const credentials = z.strictObject({ name: z.string().max(64), password: z.string().max(256) });
export const passwordChange = z.strictObject({ current: z.string().max(256), next: password });

/** Who is logged in, what they may do, and what every page must know of the workspace. */
export const session = z.object({
  user: z.object({ name: z.string(), role, mustChangePassword: z.boolean() }),
  permissions: z.array(z.enum(permissions)),
  /** Goes back as `x-csrf-token` with every request that changes something. */
  csrf: z.string(),
  workspace: z.object({
    zone: z.string(),
    currency: z.string(),
    locale: z.enum(['zh', 'en']),
    brands: z.array(z.string()),
    /** Today in the business zone. */
    today: dayText,
  }),
});
export type SessionInfo = z.infer<typeof session>;

/** What the page of log-in must know before anybody has logged in. */
export const signInWays = z.object({ locale: z.enum(['zh', 'en']), oidc: z.object({ title: z.string() }).nullable() });
export type SignInWays = z.infer<typeof signInWays>;

export const user = z.object({
  name: z.string(),
  role,
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: moment,
  lastSeenAt: moment.nullable(),
});
export type User = z.infer<typeof user>;
export const newUser = z.strictObject({ name: userName, role });
export const userChange = z.strictObject({
  role: role.optional(),
  disabled: z.boolean().optional(),
  resetPassword: z.literal(true).optional(),
});
/** The password is told this once. */
export const userMade = z.object({ user, password: z.string().optional() });

export const apiKey = z.object({
  name: z.string(),
  role,
  scopes: z.array(z.enum(permissions)).nullable(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;
export const newApiKey = z.strictObject({
  name: userName,
  role,
  /** Only these of what the role may do; all of them when absent. */
  scopes: z.array(z.enum(permissions)).optional(),
});
/** The key is told this once, contract §2. */
export const apiKeyMade = z.object({ name: z.string(), key: z.string() });

export const auditEntry = z.object({
  id: z.int(),
  at: moment,
  actor: z.string(),
  action: z.string(),
  detail: z.unknown(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
