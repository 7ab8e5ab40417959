/** What a side's process says to the one that measures it. */
export type Message = { readonly sample: true } | { readonly done: unknown } | { readonly failed: string };

/** Has the memory of this process and those below it read, before one of them ends. */
export async function sampled(): Promise<void> {
  if (!process.send) return;
  const taken = new Promise((resolve) => process.once('message', resolve));
  process.send({ sample: true } satisfies Message);
  await taken;
}
