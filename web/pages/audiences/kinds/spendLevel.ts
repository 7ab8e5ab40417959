import { rangeForm } from './rangeForm.tsx';

/** The level of spending, 5 the highest. */
export const spendLevel = rangeForm('spend_level', { min: 4 });
