import { rangeForm } from './rangeForm.tsx';

/** Years of age. */
export const age = rangeForm('age', { min: 25, max: 34 });
