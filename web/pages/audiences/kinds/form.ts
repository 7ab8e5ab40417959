import type { ComponentType } from 'react';
import type { Day } from '../../../format/day.ts';

export interface FormProps<Body> {
  /** What the kind is called. */
  readonly title: string;
  readonly body: Body;
  /** `about` names the field: changes to the same field in a row are one step back. */
  readonly onChange: (body: Body, about: string) => void;
}

/** What a fresh condition is made from. */
export interface Beginning {
  /** The day asked. */
  readonly on: Day;
  /** Stages of the rules in use, from the shallowest. */
  readonly stages: readonly string[];
}

/** How a kind of condition is filled in. */
export interface KindForm<Body = unknown> {
  readonly name: string;
  readonly group: 'behavior' | 'stage' | 'person' | 'other';
  fresh(beginning: Beginning): Body;
  /** Whether the form shows everything a body says; else it is edited as JSON. */
  fits(body: unknown): body is Body;
  readonly Form: ComponentType<FormProps<Body>>;
}

/** Checks the parts of a form against each other; adds nothing at run time. */
export function defineForm<Body>(form: KindForm<Body>): KindForm {
  return form as unknown as KindForm; // as: a form only ever gets a body that fits it
}
