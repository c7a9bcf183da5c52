import type { Certainty } from './decision.ts';

/** Answers of one sheet: field id → value. Codes are text as printed; numbers are numbers; days `YYYY-MM-DD`. */
export type FormAnswers = Readonly<Record<string, unknown>>;

/** A printed option: its code exactly as on paper and its label. */
export interface CodeOption {
  readonly code: string;
  readonly label: string;
}

/** Lowest and highest value; a missing end is open. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** When something holds, as data, so that screen, validation and FHIR export read the same sentence. */
export type Condition =
  | { readonly kind: 'answered'; readonly field: string }
  | { readonly kind: 'in'; readonly field: string; readonly codes: readonly string[] }
  | { readonly kind: 'is'; readonly field: string; readonly value: boolean }
  | { readonly kind: 'age-at-least'; readonly years: number }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition };

/** Comparisons between two fields of a sheet. */
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
  | { readonly kind: 'not-before'; readonly earlier: string; readonly later: string }
);

interface FieldBase {
  readonly id: string;
  /** Label as the official sheet prints it. */
  readonly label: string;
  /** Printed number on the sheet, such as `4`; fields that share a printed line share it. */
  readonly no?: string;
  readonly required: 'always' | 'optional' | Condition;
  readonly unit?: string;
  /** A local addition: kept and shown, never on the national print. */
  readonly extension?: boolean;
  /** Plain explanation under the question mark. */
  readonly note?: string;
  readonly dataElementId?: string;
  readonly certainty?: Certainty;
  /** Shown only when this holds. */
  readonly visible?: Condition;
}

export type FormField =
  | (FieldBase & {
      readonly kind: 'code';
      readonly options: readonly CodeOption[];
      /** Code → text field that must then be filled. */
      readonly needsText?: Readonly<Record<string, string>>;
      /** Codes that deserve a second look. */
      readonly warnCodes?: Readonly<Record<string, string>>;
    })
  | (FieldBase & {
      readonly kind: 'codes';
      readonly options: readonly CodeOption[];
      /** Codes that cannot stand beside another: 无, 无症状. */
      readonly exclusive: readonly string[];
      readonly needsText?: Readonly<Record<string, string>>;
    })
  | (FieldBase & {
      readonly kind: 'integer';
      readonly hard: Range;
      readonly warn?: Range;
      readonly targetOf?: string;
    })
  | (FieldBase & {
      readonly kind: 'decimal';
      readonly places: number;
      readonly hard: Range;
      readonly warn?: Range;
      readonly targetOf?: string;
    })
  | (FieldBase & {
      readonly kind: 'computed';
      readonly places: number;
      readonly compute: 'bmi';
      readonly from: readonly string[];
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
  | (FieldBase & { readonly kind: 'reference'; readonly to: 'staff' | 'organization' | 'resident' })
  | (FieldBase & {
      readonly kind: 'rows';
      readonly columns: readonly FormField[];
      readonly printedRows: number;
      readonly maxRows: number;
    });

/** Named text shapes with their own message. */
export type TextPattern = 'phone' | 'identity-number';

export interface FormGroup {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly source: string;
}

/** A published edition of a national form. It never changes; a new edition is a new object. */
export interface FormEdition {
  readonly form: string;
  readonly edition: string;
  readonly title: string;
  /** Version of the code lists: `GW3-2017`. */
  readonly dictVersion: string;
  /** Key of the sources register. */
  readonly source: string;
  readonly groups: readonly FormGroup[];
  readonly checks: readonly CrossCheck[];
  readonly paper: { readonly recordsPerSheet: number };
}

/** Every field of an edition in the order of the paper. */
export function fieldsOf(edition: FormEdition): readonly FormField[] {
  return edition.groups.flatMap((group) => group.fields);
}
