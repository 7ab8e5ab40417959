/** Makes the folder `template` by `open`, unless the same version of the engine, a package, has made it. */
export function prepare(
  template: string,
  engine: string,
  open: (dir: string) => Promise<{ close(): Promise<void> }>,
): Promise<void>;

/** Takes away what other migrations made, beside these. */
export function dropOthers(templates: readonly string[]): void;
