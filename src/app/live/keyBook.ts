import { digestOf } from '../../accounts/tokens.ts';
import type { Source } from '../../collector/door/door.ts';
import type { Registry } from '../../registry/registry.ts';

/** Sources by their write keys, in memory: the door asks at every request, and goes on while the registry is away. */
export class KeyBook {
  readonly #registry: Registry;
  #byDigest = new Map<string, Source>();
  /** Digests of keys that came lately: hashing is done once a key. */
  readonly #digests = new Map<string, string>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** Reads the sources anew: after each change of one. */
  async refresh(): Promise<void> {
    const rows = await this.#registry.rows<{
      name: string;
      digest: string;
      enabled: boolean;
      per_second: number | null;
    }>('select name, digest, enabled, per_second from live_source');
    this.#byDigest = new Map(
      rows.map(({ name, digest, enabled, per_second }) => [
        digest,
        { name, enabled, ...(per_second === null ? {} : { perSecond: per_second }) },
      ]),
    );
  }

  find(key: string): Source | undefined {
    return this.#byDigest.get(this.#digestOf(key));
  }

  #digestOf(key: string): string {
    const known = this.#digests.get(key);
    if (known !== undefined) return known;
    if (this.#digests.size >= MOST_KEYS) this.#digests.clear();
    const digest = digestOf(key);
    this.#digests.set(key, digest);
    return digest;
  }
}

/** Keys remembered at once: strangers may try any number. */
const MOST_KEYS = 1000;
