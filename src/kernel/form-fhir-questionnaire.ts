import { describeCondition } from './form-condition-text.ts';
import { describeRange } from './form-describe.ts';
import { type Condition, type FormEdition, type FormField, type FormGroup, fieldsOf } from './form-shape.ts';

/** Item types of R4 that the sheets need. */
export type QuestionnaireItemType =
  | 'group'
  | 'choice'
  | 'integer'
  | 'decimal'
  | 'string'
  | 'text'
  | 'date'
  | 'boolean'
  | 'reference';

export interface QuestionnaireExtension {
  readonly url: string;
  readonly valueInteger?: number;
  readonly valueDecimal?: number;
  readonly valueString?: string;
  readonly valueBoolean?: boolean;
  readonly valueCode?: string;
  readonly valueCoding?: { readonly code?: string; readonly display?: string; readonly system?: string };
}

export interface QuestionnaireEnableWhen {
  readonly question: string;
  readonly operator: 'exists' | '=' | '!=' | '>' | '<' | '>=' | '<=';
  readonly answerBoolean?: boolean;
  readonly answerInteger?: number;
  readonly answerDecimal?: number;
  readonly answerCoding?: { readonly system: string; readonly code: string };
}

export interface QuestionnaireItem {
  readonly linkId: string;
  readonly prefix?: string;
  readonly text: string;
  readonly type: QuestionnaireItemType;
  readonly required?: boolean;
  readonly repeats?: boolean;
  readonly readOnly?: boolean;
  readonly maxLength?: number;
  readonly code?: readonly { readonly system: string; readonly code: string; readonly display: string }[];
  readonly answerOption?: readonly {
    readonly valueCoding: { readonly system: string; readonly code: string; readonly display: string };
  }[];
  readonly enableWhen?: readonly QuestionnaireEnableWhen[];
  readonly enableBehavior?: 'all' | 'any';
  readonly extension?: readonly QuestionnaireExtension[];
  readonly item?: readonly QuestionnaireItem[];
}

export interface Questionnaire {
  readonly resourceType: 'Questionnaire';
  readonly url: string;
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly status: 'active';
  readonly language: 'zh-CN';
  readonly subjectType: readonly ['Patient'];
  readonly item: readonly QuestionnaireItem[];
}

const base = 'urn:quancheng';
const dataElements = 'urn:oid:2.16.156.10011.2.2.1';
const standard = 'http://hl7.org/fhir/StructureDefinition';

/** An edition as a FHIR R4 Questionnaire: conditions as enableWhen where R4 can say them, the rest in our extensions. */
export function toFhirQuestionnaire(edition: FormEdition): Questionnaire {
  return {
    resourceType: 'Questionnaire',
    url: `${base}:questionnaire:${edition.form}`,
    name: edition.form
      .split('-')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
    version: edition.edition,
    title: edition.title,
    status: 'active',
    language: 'zh-CN',
    subjectType: ['Patient'],
    item: edition.groups.map((group) => groupItem(edition, group)),
  };
}

/** Code system of one field's printed options. */
export function codeSystemOf(edition: FormEdition, path: string): string {
  return `${base}:codes:${edition.form}:${edition.edition}:${path}`;
}

function groupItem(edition: FormEdition, group: FormGroup): QuestionnaireItem {
  return {
    linkId: `group:${group.id}`,
    text: group.title,
    type: 'group',
    item: group.fields.map((field) => fieldItem({ edition, fields: fieldsOf(edition), prefix: '' }, field)),
  };
}

const itemTypes: Readonly<Record<FormField['kind'], QuestionnaireItemType>> = {
  code: 'choice',
  codes: 'choice',
  integer: 'integer',
  decimal: 'decimal',
  computed: 'decimal',
  text: 'string',
  date: 'date',
  'partial-date': 'string',
  flag: 'boolean',
  reference: 'reference',
  rows: 'group',
};

/** Where a field stands: its edition, the fields its conditions may name, and the path before their ids. */
interface Place {
  readonly edition: FormEdition;
  readonly fields: readonly FormField[];
  readonly prefix: string;
}

function fieldItem(place: Place, field: FormField): QuestionnaireItem {
  const { edition } = place;
  const path = `${place.prefix}${field.id}`;
  const extension = extensionsOf(place, field);
  const enabled = field.visible ? enableWhenOf(place, field.visible) : undefined;
  return {
    linkId: path,
    ...(field.no === undefined ? {} : { prefix: field.no }),
    text: field.label,
    type: field.kind === 'text' && field.multiline ? 'text' : itemTypes[field.kind],
    ...(field.required === 'always' && field.kind !== 'computed' ? { required: true } : {}),
    ...(field.kind === 'codes' || field.kind === 'rows' ? { repeats: true } : {}),
    ...(field.kind === 'computed' ? { readOnly: true } : {}),
    ...(field.kind === 'text' ? { maxLength: field.maxLength } : {}),
    ...(field.dataElementId
      ? { code: [{ system: dataElements, code: field.dataElementId, display: field.label }] }
      : {}),
    ...(field.kind === 'code' || field.kind === 'codes'
      ? {
          answerOption: field.options.map(({ code, label }) => ({
            valueCoding: { system: codeSystemOf(edition, path), code, display: label },
          })),
        }
      : {}),
    ...(enabled ?? {}),
    ...(extension.length > 0 ? { extension } : {}),
    ...(field.kind === 'rows'
      ? {
          item: field.columns.map((column) =>
            fieldItem({ edition, fields: field.columns, prefix: `${path}.` }, column),
          ),
        }
      : {}),
  };
}

function extensionsOf(place: Place, field: FormField): QuestionnaireExtension[] {
  const list: QuestionnaireExtension[] = [];
  if (field.unit) list.push({ url: `${standard}/questionnaire-unit`, valueCoding: { display: field.unit } });
  if (field.kind === 'integer' || field.kind === 'decimal') {
    const as = (value: number) =>
      field.kind === 'integer' ? { valueInteger: value } : { valueDecimal: value };
    if (field.hard.min !== undefined) list.push({ url: `${standard}/minValue`, ...as(field.hard.min) });
    if (field.hard.max !== undefined) list.push({ url: `${standard}/maxValue`, ...as(field.hard.max) });
    if (field.warn) list.push({ url: `${base}:confirm-outside`, valueString: describeRange(field.warn) });
  }
  if (field.kind === 'decimal') {
    list.push({ url: `${standard}/maxDecimalPlaces`, valueInteger: field.places });
  }
  if (field.kind === 'rows') {
    list.push({ url: `${standard}/questionnaire-maxOccurs`, valueInteger: field.maxRows });
  }
  if (typeof field.required === 'object') {
    const valueString = describeCondition(field.required, place.fields);
    list.push({ url: `${base}:required-when`, valueString });
  }
  if (field.visible && !enableWhenOf(place, field.visible)) {
    const valueString = describeCondition(field.visible, place.fields);
    list.push({ url: `${base}:visible-when`, valueString });
  }
  if (field.extension) list.push({ url: `${base}:local-addition`, valueBoolean: true });
  return list;
}

type Enabling = Pick<QuestionnaireItem, 'enableWhen' | 'enableBehavior'>;

/** R4 says only flat lists of questions; undefined when the condition needs more. */
function enableWhenOf(place: Place, condition: Condition): Enabling | undefined {
  if (condition.kind === 'all' || condition.kind === 'any') {
    const parts = condition.of.map((part) => singleWhen(place, part));
    if (!parts.every((part) => part !== undefined)) return undefined;
    const flat = parts.flat();
    const isPlain = parts.every((part) => part.length === 1) || condition.kind === 'any';
    return isPlain ? { enableWhen: flat, enableBehavior: condition.kind } : undefined;
  }
  const enableWhen = singleWhen(place, condition);
  return enableWhen && { enableWhen, ...(enableWhen.length > 1 ? { enableBehavior: 'any' } : {}) };
}

function singleWhen(place: Place, condition: Condition): QuestionnaireEnableWhen[] | undefined {
  if (!('field' in condition)) return undefined;
  const question = `${place.prefix}${condition.field}`;
  switch (condition.kind) {
    case 'answered':
      return [{ question, operator: 'exists', answerBoolean: true }];
    case 'in':
      return condition.codes.map((code) => ({
        question,
        operator: '=',
        answerCoding: { system: codeSystemOf(place.edition, question), code },
      }));
    case 'is':
      return [{ question, operator: '=', answerBoolean: condition.value }];
    case 'number': {
      const isInteger = place.fields.find(({ id }) => id === condition.field)?.kind === 'integer';
      const answer = isInteger ? { answerInteger: condition.value } : { answerDecimal: condition.value };
      return [{ question, operator: condition.than, ...answer }];
    }
    default:
      return undefined;
  }
}
