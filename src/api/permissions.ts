/** What a caller may do, from the least: each role has all of the roles before it. */
export const roles = ['viewer', 'analyst', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/**
 * What a route asks of its caller. `public`: nobody is asked; `self`: whoever has logged in, also before the first
 * password is changed; `ask`: aggregate answers; `watch`: the server's own figures; `people`: single consumers and lists of them; `operate`: data, rules,
 * reports; `administer`: accounts, keys, audit.
 */
export const permissions = ['public', 'self', 'ask', 'watch', 'people', 'operate', 'administer'] as const;
export type Permission = (typeof permissions)[number];

const own: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['self', 'ask', 'watch'],
  analyst: ['people'],
  operator: ['operate'],
  admin: ['administer'],
};

/** All a role may do. */
export function permissionsOf(role: Role): readonly Permission[] {
  return ['public', ...roles.slice(0, roles.indexOf(role) + 1).flatMap((each) => own[each])];
}
