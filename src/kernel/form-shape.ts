import type { Certainty } from './decision.ts';

/** Answers of one sheet: field id → value. Codes are text as printed; numbers are numbers; days `YYYY-MM-DD`. */
export type FormAnswers = Readonly<Record<string, unknown>>;

/** The rows of an answer that is a list, as far as what came is rows; what else came is for the form's own checks. */
export const rowsOf = (value: unknown): readonly FormAnswers[] =>
  Array.isArray(value) ? value.filter(isRow) : [];

export const isRow = (one: unknown): one is FormAnswers =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

/** A printed option: its code exactly as on paper and its label. */
export interface CodeOption {
  readonly code: string;
  readonly label: string;
  /** Set when the label or its number could not be read in the source and may change. */
  readonly certainty?: Certainty;
}

/** Lowest and highest value, both included; a missing end is open. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** How two values are compared. */
export type Comparison = '<' | '<=' | '=' | '>=' | '>';

/**
 * When something holds, as data, so that screen, validation and FHIR export read the same sentence.
 * `age-*`, `sex-is` and `in-group` ask about the person; everything else asks about the sheet.
 */
export type Condition =
  | { readonly kind: 'answered'; readonly field: string }
  | { readonly kind: 'in'; readonly field: string; readonly codes: readonly string[] }
  | { readonly kind: 'is'; readonly field: string; readonly value: boolean }
  | { readonly kind: 'number'; readonly field: string; readonly than: Comparison; readonly value: number }
  | { readonly kind: 'compare'; readonly field: string; readonly than: Comparison; readonly other: string }
  | { readonly kind: 'age-at-least'; readonly years: number }
  | { readonly kind: 'age-at-most'; readonly years: number }
  | { readonly kind: 'sex-is'; readonly sex: '1' | '2' }
  | { readonly kind: 'in-group'; readonly groups: readonly string[] }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition };

/** Comparisons between fields of a sheet, or of one row. */
export type CrossCheck = {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
} & (
  | { readonly kind: 'less-than'; readonly lower: string; readonly upper: string }
  | { readonly kind: 'at-most'; readonly lower: string; readonly upper: string }
  /** upper − lower lies in the range. */
  | {
      readonly kind: 'difference-within';
      readonly lower: string;
      readonly upper: string;
      readonly range: Range;
    }
  /** Both zero or both above zero. */
  | { readonly kind: 'zero-together'; readonly a: string; readonly b: string }
  /** Days; partial days are compared as far as both are known. */
  | { readonly kind: 'not-before'; readonly earlier: string; readonly later: string }
  /** Two numbers differ by less than `lessThan`. */
  | { readonly kind: 'close'; readonly a: string; readonly b: string; readonly lessThan: number }
  /** Speaks up at `path` when the condition holds. */
  | { readonly kind: 'when'; readonly when: Condition; readonly path: string }
  /** A row with this code in a column stands alone. */
  | {
      readonly kind: 'alone-in-rows';
      readonly rows: string;
      readonly column: string;
      readonly value: string;
    }
  /** A number of years does not exceed the person's age. */
  | { readonly kind: 'at-most-age'; readonly field: string }
);

/** A range that counts as unremarkable, for whom it holds; outside it a screen highlights and asks nothing. */
export interface NormalRange {
  readonly range: Range;
  readonly when?: Condition;
}

/** How far a number may move from the last record before the doctor is asked. */
export interface ChangeLimit {
  readonly absolute?: number;
  readonly percent?: number;
}

/** What of a person an answer tells that is shown masked; `institution` and `none`: nothing, whatever the label says. */
export type PrivacyKind =
  | 'identity-number'
  | 'phone'
  | 'contact-phone'
  | 'address'
  | 'registered-address'
  | 'institution'
  | 'none';

interface FieldBase {
  readonly id: string;
  /** Label as the official sheet prints it. */
  readonly label: string;
  /** Number of the line on the sheet, such as `4`; fields that share a printed line share it. */
  readonly no?: string;
  readonly required: 'always' | 'optional' | Condition;
  readonly unit?: string;
  /** A local addition: kept and shown, never on the national print. */
  readonly extension?: boolean;
  /** Plain explanation under the question mark. */
  readonly note?: string;
  /** Identifier of the national data element dictionary, such as `DE04.10.174.00`. */
  readonly dataElementId?: string;
  readonly certainty?: Certainty;
  readonly privacy?: PrivacyKind;
  /** Shown only when this holds. */
  readonly visible?: Condition;
}

interface NumberBase extends FieldBase {
  /** Outside this the sheet is refused. */
  readonly hard: Range;
  /** Outside this the doctor is asked to confirm. */
  readonly warn?: Range;
  readonly normal?: readonly NormalRange[];
  readonly warnChange?: ChangeLimit;
  /** This is the goal for the field named here. */
  readonly targetOf?: string;
}

/** Named arithmetic a sheet does itself. `sum` takes numbers or codes that are scores; `reversed` items count as 6 − x. */
export type Computation = 'bmi' | 'sum' | 'percent-of';

export type FormField =
  | (FieldBase & {
      readonly kind: 'code';
      readonly options: readonly CodeOption[];
      /** Code → text field that must then be filled. */
      readonly needsText?: Readonly<Record<string, string>>;
      /** Codes that deserve a second look. */
      readonly warnCodes?: Readonly<Record<string, string>>;
      readonly targetOf?: string;
    })
  | (FieldBase & {
      readonly kind: 'codes';
      readonly options: readonly CodeOption[];
      /** Codes that cannot stand beside another: 无, 无症状. */
      readonly exclusive: readonly string[];
      /** Sets of codes of which at most one may be chosen. */
      readonly oneOf?: readonly (readonly string[])[];
      /** Boxes printed on paper; the screen takes more. */
      readonly maxPrinted?: number;
      readonly needsText?: Readonly<Record<string, string>>;
    })
  | (NumberBase & { readonly kind: 'integer' })
  | (NumberBase & { readonly kind: 'decimal'; readonly places: number })
  | (FieldBase & {
      readonly kind: 'computed';
      readonly places: number;
      readonly compute: Computation;
      readonly from: readonly string[];
      readonly reversed?: readonly string[];
      readonly normal?: readonly NormalRange[];
    })
  | (FieldBase & {
      readonly kind: 'text';
      readonly maxLength: number;
      readonly multiline?: boolean;
      readonly pattern?: TextPattern;
    })
  | (FieldBase & {
      readonly kind: 'date';
      readonly notAfterToday?: boolean;
      readonly notBeforeToday?: boolean;
    })
  | (FieldBase & { readonly kind: 'partial-date' })
  | (FieldBase & { readonly kind: 'flag' })
  | (FieldBase & { readonly kind: 'reference'; readonly to: ReferenceTarget })
  | (FieldBase & {
      readonly kind: 'rows';
      readonly columns: readonly FormField[];
      readonly printedRows: number;
      readonly maxRows: number;
      /** Checks within one row. */
      readonly checks?: readonly CrossCheck[];
    });

/** What a reference names. */
export type ReferenceTarget = 'staff' | 'organization' | 'resident';

/** Named text shapes with their own message. */
export type TextPattern = 'phone' | 'identity-number' | 'archive-number' | 'time-of-day' | 'icd-10';

export interface FormGroup {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly FormField[];
  /** Document and clause in Chinese. */
  readonly source: string;
  readonly certainty?: Certainty;
}

/** How records stand on the printed sheet. */
export type PaperLayout = 'visit-columns' | 'one-person' | 'register' | 'stub-and-slip' | 'card';

/** A published edition of a form. It never changes; a new edition is a new object. */
export interface FormEdition {
  readonly form: string;
  readonly edition: string;
  readonly title: string;
  /** Version of the code lists: `GW3-2017`. */
  readonly dictVersion: string;
  /** Key of the sources register. */
  readonly source: string;
  /** First day this edition is in force; left out where it always was. */
  readonly inForceFrom?: string;
  /** First day on which another edition or document is in force; this one still serves older records. */
  readonly supersededFrom?: string;
  /** While this holds only the fields named are required: a visit that did not take place. */
  readonly excused?: { readonly when: Condition; readonly except: readonly string[] };
  readonly groups: readonly FormGroup[];
  readonly checks: readonly CrossCheck[];
  readonly paper: { readonly recordsPerSheet: number; readonly layout?: PaperLayout };
}

/** Every field of an edition in the order of the paper. */
export function fieldsOf(edition: FormEdition): readonly FormField[] {
  return edition.groups.flatMap((group) => group.fields);
}
