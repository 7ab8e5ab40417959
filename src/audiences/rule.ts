import type { z } from 'zod';
import type { Text } from '../base/text.ts';
import type { Fragment } from '../warehouse/sql.ts';
import type { Asking } from './asking.ts';

/** Whether a condition holds for a consumer, as a boolean over the measures of a plan. */
export interface Flag {
  readonly test: Fragment;
  /** Whether it holds for a consumer of whom no table has a row that the condition looks at. */
  readonly empty: boolean;
}

/** A rule within a rule, and its place in the body of the outer one. */
export interface Part {
  readonly place: readonly PropertyKey[];
  readonly rule: unknown;
}

/** One kind of condition: what it is written like, what it asks of the facts, and how it reads. */
export interface Kind<Body = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<Body>;
  /** How it is written, for faults. */
  readonly example: string;
  /** Whether a consumer qualifies depends on other consumers too, as the best hundred do. */
  readonly isRelative?: true;
  /** It looks at stages, which are to be up to date then. */
  readonly looksAtStages?: true;
  /** Days it looks at whatever the day asked: as of an earlier one it cannot be known. */
  fixedDays?(body: Body): readonly string[];
  /** The rules it joins. */
  parts?(body: Body): readonly Part[];
  flag(body: Body, asking: Asking, parts: readonly Flag[]): Flag;
  sentence(body: Body, parts: readonly Text[]): Text;
}

/** A rule whose form is known to be right. */
export interface Rule {
  readonly kind: Kind;
  readonly body: unknown;
  readonly parts: readonly Rule[];
}

/** Checks the parts of a kind against each other; adds nothing at run time. */
export function defineKind<Body>(kind: Kind<Body>): Kind {
  return kind as Kind; // as: a body is only ever given to the kind whose schema has read it
}

/** What a rule asks of the facts. */
export function flagOf({ kind, body, parts }: Rule, asking: Asking): Flag {
  return kind.flag(
    body,
    asking,
    parts.map((part) => flagOf(part, asking)),
  );
}

/** A rule as a sentence. */
export function sentenceOf({ kind, body, parts }: Rule): Text {
  return kind.sentence(body, parts.map(sentenceOf));
}

/** Whether who qualifies depends on other consumers too, by the rule or one within it. */
export function isRelative({ kind, parts }: Rule): boolean {
  return kind.isRelative === true || parts.some(isRelative);
}

/** Whether stages are looked at, by the rule or one within it. */
export function looksAtStages({ kind, parts }: Rule): boolean {
  return kind.looksAtStages === true || parts.some(looksAtStages);
}

/** Days that the rule, and those within it, look at whatever the day asked. */
export function fixedDaysOf({ kind, body, parts }: Rule): readonly string[] {
  return [...(kind.fixedDays?.(body) ?? []), ...parts.flatMap(fixedDaysOf)];
}
