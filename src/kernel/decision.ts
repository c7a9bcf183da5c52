/**
 * What a rule answers. Decided: a value with its reasons and the edition that gave it.
 * Undecided: the names of the facts that are missing. Unknown is never "no".
 */
export type Decision<T> =
  | {
      readonly kind: 'decided';
      readonly value: T;
      readonly reasons: readonly Reason[];
      readonly rule: RuleRef;
    }
  | { readonly kind: 'undecided'; readonly missing: readonly string[]; readonly rule: RuleRef };

/** One reason in plain Chinese, with the facts that carried it. */
export interface Reason {
  /** Stable code, for counting and tests: `sbp-at-or-above-limit`. */
  readonly code: string;
  /** One plain Chinese sentence a village doctor understands. */
  readonly text: string;
}

/** Which rule in which edition answered, and where that is written. */
export interface RuleRef {
  /** Rule id of the catalogue: `HTN-15`. */
  readonly id: string;
  /** Edition key of the sources register: `PHS-3`. */
  readonly edition: string;
  /** Clause for the screen's source line, in Chinese. */
  readonly clause: string;
  readonly certainty: Certainty;
}

/**
 * How sure we are of a number or a rule.
 * `found` read in a source · `computed` re-computed · `from-knowledge` named guideline, not re-read ·
 * `own-default` our own proposal · `uncertain` contradictory or unreadable source.
 */
export type Certainty = 'found' | 'computed' | 'from-knowledge' | 'own-default' | 'uncertain';

/** A decided answer. */
export function decided<T>(rule: RuleRef, value: T, reasons: readonly Reason[] = []): Decision<T> {
  return { kind: 'decided', value, reasons, rule };
}

/** An open answer with what is missing. */
export function undecided<T>(rule: RuleRef, missing: readonly string[]): Decision<T> {
  return { kind: 'undecided', missing, rule };
}
