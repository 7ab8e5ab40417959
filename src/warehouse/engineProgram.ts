const isSource = import.meta.url.endsWith('.ts');

/** How the engine's own process begins: its file, and what Node is given before it. From sources TypeScript is turned as it loads. */
export const engineProgram: { readonly file: URL; readonly execArgv: readonly string[] } = {
  file: new URL(isSource ? './engine.ts' : './engine.js', import.meta.url),
  execArgv: isSource ? ['--import', 'tsx'] : [],
};
