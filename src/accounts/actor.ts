/** Who makes a request, once that is known. */
export interface Actor {
  readonly name: string;
  readonly role: 'viewer' | 'analyst' | 'operator' | 'admin';
  /** `session`: a browser, which must guard against forged requests; `key`: a program; `local`: the terminal of this machine. */
  readonly via: 'session' | 'key' | 'local';
  /** All it may do. */
  readonly permissions: ReadonlySet<string>;
  /** It may do nothing but change its password. */
  readonly mustChangePassword: boolean;
  /** What a browser must send back with every request that changes something. */
  readonly csrf?: string;
}
