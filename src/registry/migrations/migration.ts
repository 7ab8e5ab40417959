/** One numbered step of the registry's tables, run whole or not at all. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** SQL, one statement an entry. */
  readonly statements: readonly string[];
}
