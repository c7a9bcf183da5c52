import type { Parameter } from '#kernel/dated.ts';
import type { Certainty, Decision } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/**
 * One rule as the catalogue shows it and a clinician signs it: what it says, where that is written, the dated numbers it
 * uses, and worked cases that the tests run. Definitions stay out of what is shipped; only catalogue and tests read them.
 */
export interface RuleDefinition<Given = never> {
  /** Id of the catalogue: `HTN-15`. */
  readonly id: string;
  readonly title: string;
  /** Which track answers: the sheet and the indicators, the guideline, or a rule that serves both. */
  readonly track: 'public-health' | 'clinical' | 'both';
  /** Key of the sources register. */
  readonly edition: string;
  readonly clause: string;
  readonly certainty: Certainty;
  /** The rule in one to three plain Chinese sentences, for the signature. */
  readonly summary: string;
  readonly parameters: readonly Parameter<unknown>[];
  /** Repository path of the function. */
  readonly file: string;
  /** Who still has to confirm it, and what. */
  readonly pendingSignOff?: string;
  /** Runs the rule on a case. */
  decide(given: Given, day: PlainDate): Decision<unknown>;
  readonly cases: readonly RuleCase<Given>[];
}

/** A worked example a clinician can check by reading. */
export interface RuleCase<Given> {
  readonly title: string;
  readonly given: Given;
  /** Day of assessment; `defaultCaseDay` when absent. */
  readonly day?: string;
  readonly expect: RuleExpectation;
}

/**
 * Decided: the value must match (objects partially, `toMatchObject`; arrays and primitives whole) and the named reason
 * codes must be among the reasons. Undecided: exactly these facts are missing.
 */
export type RuleExpectation =
  | { readonly value: unknown; readonly reasons?: readonly string[] }
  | { readonly missing: readonly string[] };

/** The day of a case that names none. */
export const defaultCaseDay = '2026-01-05';

/** A rule whose kind of given is known only to its own cases. */
export type AnyRule = RuleDefinition<never>;

/** Declares a rule, so that its cases are checked against what the function takes. */
export function defineRule<Given>(definition: RuleDefinition<Given>): AnyRule {
  return definition as unknown as AnyRule;
}
