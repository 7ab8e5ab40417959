import { rangeForm } from './rangeForm.tsx';

/** The tier of the city, 1 the greatest. */
export const cityTier = rangeForm('city_tier', { min: 1, max: 2 });
