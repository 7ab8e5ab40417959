/** The value of a cookie in a request; undefined where it has none. */
export function cookieIn(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((each) => each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** A cookie that no script reads and that no other site's page sends along with a change. */
export interface Cookie {
  readonly name: string;
  /** Of letters, digits, `-`, `_` and `.` only. */
  readonly value: string;
  readonly path: string;
  /** 0 takes it back. */
  readonly seconds: number;
  /** Whether the request came over https. */
  readonly isSecure: boolean;
}

/** The header that sets a cookie. */
export function cookieText({ name, value, path, seconds, isSecure }: Cookie): string {
  const secure = isSecure ? '; Secure' : '';
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
