import type { Certainty } from '#kernel/decision.ts';
import type { CrossCheck, FormEdition, FormField, FormGroup, PaperLayout } from '#kernel/form-shape.ts';
import { dataElementOfField } from './data-elements.ts';

interface GroupDefinition {
  readonly id: string;
  readonly title: string;
  /** Printed lines in order; fields in one list share a line and its number. */
  readonly lines: readonly (FormField | readonly FormField[])[];
  /** Document and clause in Chinese; the edition's own when left out. */
  readonly source?: string;
  readonly certainty?: Certainty;
}

interface EditionDefinition {
  readonly form: string;
  readonly edition: string;
  readonly title: string;
  readonly dictVersion: string;
  /** Key of the sources register. */
  readonly source: string;
  /** Document and clause in Chinese, for every group that names none. */
  readonly clause: string;
  readonly certainty: Certainty;
  /** First day on which another edition or document is in force. */
  readonly supersededFrom?: string;
  /** First day this edition is in force. */
  readonly inForceFrom?: string;
  readonly excused?: NonNullable<FormEdition['excused']>;
  readonly paper: { readonly recordsPerSheet: number; readonly layout: PaperLayout };
  readonly groups: readonly GroupDefinition[];
  readonly checks?: readonly CrossCheck[];
}

/**
 * A form edition from its lines: numbers the lines as the paper does, 1, 2, 3 … through all groups, leaves local
 * additions without a number, and adds the national data element where one is known.
 */
export function defineEdition(definition: EditionDefinition): FormEdition {
  let lastNumber = 0;
  const numberLine = (printed: FormField | readonly FormField[]): FormField[] => {
    const fields: readonly FormField[] = 'kind' in printed ? [printed] : printed;
    if (fields.some((field) => !field.extension)) lastNumber++;
    const no = String(lastNumber);
    return fields.map((field) => withDataElement(field.extension ? asAddition(field) : { ...field, no }));
  };
  const groups = definition.groups.map(
    (group): FormGroup => ({
      id: group.id,
      title: group.title,
      source: group.source ?? definition.clause,
      certainty: group.certainty ?? definition.certainty,
      fields: group.lines.flatMap(numberLine),
    }),
  );
  const { form, edition, title, dictVersion, source, paper, supersededFrom, inForceFrom, excused } =
    definition;
  return {
    form,
    edition,
    title,
    dictVersion,
    source,
    ...(inForceFrom === undefined ? {} : { inForceFrom }),
    ...(supersededFrom === undefined ? {} : { supersededFrom }),
    ...(excused === undefined ? {} : { excused }),
    paper,
    groups,
    checks: definition.checks ?? [],
  };
}

function asAddition(field: FormField): FormField {
  return { ...field, certainty: field.certainty ?? 'own-default' };
}

function withDataElement(field: FormField): FormField {
  const dataElementId = field.dataElementId ?? dataElementOfField[field.id];
  return dataElementId === undefined ? field : { ...field, dataElementId };
}
