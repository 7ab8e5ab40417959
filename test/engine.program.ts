/** In place of src/warehouse/engineProgram.ts: the engine's process from JavaScript that the run has made (engine.setup.ts). */
import { pathToFileURL } from 'node:url';
import type { engineProgram as ours } from '../src/warehouse/engineProgram.ts';

const file = process.env.ENGINE_OF_TESTS;
if (file === undefined) throw new Error('test/engine.setup.ts has not made the engine: start the tests by vitest');

export const engineProgram: typeof ours = { file: pathToFileURL(file), execArgv: [] };
