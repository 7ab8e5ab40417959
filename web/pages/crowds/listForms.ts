import type { ListForm as Form } from '../../../src/api/lists.ts';

/** How the values of a list are written. */
export type ListForm = Form;

/** Every form, the usual one first. */
export const listForms: readonly ListForm[] = ['plain', 'md5', 'sha256'];
