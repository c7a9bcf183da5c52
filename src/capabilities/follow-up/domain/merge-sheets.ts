import type { Program } from '#capabilities/residents/domain/program.ts';
import { programLabels } from '#capabilities/residents/domain/program.ts';
import type { FormAnswers, FormEdition, FormField } from '#kernel/form-shape.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { renameField, strictest, widest } from './merge-conditions.ts';
import { mergeOptions, otherCode } from './merge-options.ts';
import { codesOf } from './read-sheet.ts';

/** A programme and the edition its sheet is written on. */
export interface SheetPart {
  readonly program: Program;
  readonly edition: FormEdition;
}

/** Several official sheets asked as one. */
export interface MergedSheet {
  readonly parts: readonly SheetPart[];
  /** What the screen shows: nothing asked twice. */
  readonly edition: FormEdition;
  /** The answers as they stand on one programme's own sheet. */
  split(answers: FormAnswers, program: Program): FormAnswers;
  /** Under which codes of the merged list the chosen options of a programme's own stand, of symptoms or danger signs. */
  codesFrom(program: Program, id: string, codes: readonly string[]): readonly string[];
  /** Where on the merged screen something on a programme's sheet stands. */
  pathOf(program: Program, path: string): string;
}

/** Judged for each disease by itself, though every sheet prints it. */
const judgedApart = new Set(['visitClass', 'complication', 'complicationText', 'nextMeasure']);
/** Asked once over the options of all sheets. */
const unionFields = new Set(['symptoms', 'emergencySigns']);
const groupOrder = ['visit', 'symptoms', 'signs', 'lifestyle', 'tests', 'treatment', 'next', 'assessment'];

/** Name on the merged screen of what belongs to one programme only. */
export const ownName = (program: Program, id: string) => `${program}:${id}`;

/**
 * Merges the sheets of a person's programmes: what they share is asked once, symptoms and danger signs are one list,
 * each medicine says what it is for, class and complications are asked per disease. Splitting gives every official
 * sheet back whole. One part alone is its own sheet, unchanged.
 */
export function mergeSheets(parts: readonly SheetPart[]): MergedSheet {
  const [only] = parts;
  if (parts.length === 1 && only)
    return {
      parts,
      edition: only.edition,
      split: (answers) => answers,
      codesFrom: (_program, _id, codes) => codes,
      pathOf: (_program, path) => path,
    };
  const owners = ownersOf(parts);
  const nameOn = (program: Program, id: string) => (isApart(owners, id) ? ownName(program, id) : id);
  const unions = new Map(
    [...unionFields].map((id) => [
      id,
      mergeOptions(
        (owners.get(id) ?? []).flatMap(({ program, field }) =>
          field.kind === 'codes' ? [{ program, field }] : [],
        ),
      ),
    ]),
  );
  const edition: FormEdition = {
    form: 'merged-follow-up',
    edition: parts.map((part) => `${part.edition.form}/${part.edition.edition}`).join('+'),
    title: `${parts.map((part) => programLabels[part.program]).join('、')}合并随访`,
    dictVersion: 'PLATFORM',
    source: 'OWN',
    groups: mergeGroups(parts, owners, nameOn, unions),
    checks: [],
    paper: { recordsPerSheet: 1 },
  };
  return {
    parts,
    edition,
    split: (answers, program) => splitAnswers(parts, answers, program, nameOn, unions),
    codesFrom: (program, id, codes) => unions.get(id)?.fromSheet(program, codes) ?? codes,
    pathOf: (program, path) => {
      const [id = '', ...rest] = path.split('.');
      return [nameOn(program, id), ...rest].join('.');
    },
  };
}

type Owners = ReadonlyMap<string, readonly { program: Program; field: FormField }[]>;

function ownersOf(parts: readonly SheetPart[]): Owners {
  const owners = new Map<string, { program: Program; field: FormField }[]>();
  for (const { program, edition } of parts)
    for (const field of fieldsOf(edition))
      owners.set(field.id, [...(owners.get(field.id) ?? []), { program, field }]);
  return owners;
}

/** Whether a name means something else on each sheet. */
function isApart(owners: Owners, id: string): boolean {
  const all = owners.get(id) ?? [];
  if (all.length < 2 || unionFields.has(id)) return false;
  if (judgedApart.has(id)) return true;
  return new Set(all.map(({ field }) => shapeOf(field))).size > 1;
}

function shapeOf(field: FormField): string {
  return JSON.stringify([
    field.kind,
    field.unit ?? null,
    'options' in field ? field.options.map((o) => [o.code, o.label]) : null,
  ]);
}

function mergeGroups(
  parts: readonly SheetPart[],
  owners: Owners,
  nameOn: (program: Program, id: string) => string,
  unions: ReadonlyMap<string, ReturnType<typeof mergeOptions>>,
): FormEdition['groups'] {
  const placed = new Set<string>();
  const programs = parts.map(({ program }) => ({ code: program, label: programLabels[program] }));
  return groupOrder.flatMap((groupId) => {
    const groups = parts.flatMap(({ program, edition }) =>
      edition.groups.filter((group) => group.id === groupId).map((group) => ({ program, group })),
    );
    const [first] = groups;
    if (!first) return [];
    const fields = groups.flatMap(({ program, group }) =>
      group.fields.flatMap((field) => {
        const name = nameOn(program, field.id);
        if (placed.has(name)) return [];
        placed.add(name);
        return mergedField(program, field, owners, nameOn, unions, programs);
      }),
    );
    const isClass = (field: FormField) => field.id.endsWith(':visitClass');
    const ordered = [...fields.filter((field) => !isClass(field)), ...fields.filter(isClass)];
    return [{ id: groupId, title: first.group.title, source: first.group.source, fields: ordered }];
  });
}

function mergedField(
  program: Program,
  field: FormField,
  owners: Owners,
  nameOn: (program: Program, id: string) => string,
  unions: ReadonlyMap<string, ReturnType<typeof mergeOptions>>,
  programs: readonly { code: string; label: string }[],
): FormField[] {
  const name = nameOn(program, field.id);
  const renamed = (owners.get(field.id) ?? []).map((one) =>
    renameField(one.field, (id) => nameOn(one.program, id)),
  );
  if (name !== field.id) {
    const own = renameField(field, (id) => nameOn(program, id));
    return [{ ...own, label: `${programLabels[program]}·${field.label}` }];
  }
  const visible = widest(renamed);
  const { visible: _visible, extension: _extension, ...rest } = renamed[0] ?? field;
  const shared = {
    ...rest,
    required: strictest(renamed),
    ...(visible ? { visible } : {}),
    ...(renamed.every((one) => one.extension) ? { extension: true } : {}),
  } as FormField;
  const union = unions.get(field.id);
  if (union && shared.kind === 'codes') {
    const hasOther = union.options.some((option) => option.code === otherCode);
    const { needsText: _text, maxPrinted: _printed, ...bare } = shared;
    return [
      {
        ...bare,
        options: union.options,
        exclusive: shared.exclusive.length > 0 ? ['1'] : [],
        ...(hasOther ? { needsText: { [otherCode]: 'symptomOther' } } : {}),
      },
    ];
  }
  if (field.id === 'symptomOther')
    return [{ ...shared, visible: { kind: 'in', field: 'symptoms', codes: [otherCode] } }];
  if (shared.kind === 'rows' && (field.id === 'drugs' || field.id === 'drugAdjust')) {
    const forPrograms: FormField = {
      kind: 'codes',
      id: 'forPrograms',
      label: '用于（不选为都用）',
      required: 'optional',
      options: programs,
      exclusive: [],
    };
    return [{ ...shared, columns: [...shared.columns, forPrograms] }];
  }
  if (field.id === 'adr') {
    const reacted = { kind: 'in', field: 'adr', codes: ['2'] } as const;
    const which: FormField = {
      kind: 'codes',
      id: 'adrPrograms',
      label: '引起不良反应的药物用于',
      required: reacted,
      visible: reacted,
      options: programs,
      exclusive: [],
    };
    return [shared, which];
  }
  return [shared];
}

function splitAnswers(
  parts: readonly SheetPart[],
  answers: FormAnswers,
  program: Program,
  nameOn: (program: Program, id: string) => string,
  unions: ReadonlyMap<string, ReturnType<typeof mergeOptions>>,
): FormAnswers {
  const part = parts.find((one) => one.program === program);
  if (!part) throw new RangeError(`not on this sheet: ${program}`);
  const sheet: Record<string, unknown> = {};
  for (const field of fieldsOf(part.edition)) sheet[field.id] = answers[nameOn(program, field.id)];
  const symptoms = unions.get('symptoms')?.toSheet(program, codesOf(answers.symptoms));
  const signs = unions.get('emergencySigns')?.toSheet(program, codesOf(answers.emergencySigns));
  if (symptoms) Object.assign(sheet, symptomsOnSheet(part.edition, symptoms, answers));
  if (signs) sheet.emergencySigns = signs.codes.length > 0 ? signs.codes : undefined;
  sheet.nextVisitDate = answers[ownName(program, 'nextVisitDate')] ?? answers.nextVisitDate;
  for (const rows of ['drugs', 'drugAdjust']) sheet[rows] = rowsFor(program, answers[rows]);
  const reactedTo = codesOf(answers.adrPrograms);
  if (answers.adr === '2' && reactedTo.length > 0 && !reactedTo.includes(program)) {
    sheet.adr = '1';
    sheet.adrText = undefined;
  }
  const hasOthersDrugs = Array.isArray(answers.drugs) && answers.drugs.length > 0;
  const hasInsulin = Array.isArray(sheet.insulin) && sheet.insulin.length > 0;
  if (hasOthersDrugs && (sheet.drugs as unknown[] | undefined)?.length === 0 && !hasInsulin) {
    sheet.noDrugTherapy = true;
    sheet.adherence = undefined;
  }
  return Object.fromEntries(Object.entries(sheet).filter(([, value]) => value !== undefined));
}

/** What the sheet's own list lacks goes under its 其他, in words, so that nothing said is lost on any sheet. */
function symptomsOnSheet(
  edition: FormEdition,
  symptoms: { codes: string[]; foreign: string[] },
  answers: FormAnswers,
): Record<string, unknown> {
  const field = fieldsOf(edition).find((one) => one.id === 'symptoms');
  const other = field?.kind === 'codes' ? Object.keys(field.needsText ?? {})[0] : undefined;
  const typed = typeof answers.symptomOther === 'string' ? [answers.symptomOther] : [];
  const words = [...symptoms.foreign, ...(codesOf(answers.symptoms).includes(otherCode) ? typed : [])];
  if (other === undefined || words.length === 0)
    return { symptoms: symptoms.codes.length > 0 ? symptoms.codes : undefined, symptomOther: undefined };
  const codes = symptoms.codes.includes(other) ? symptoms.codes : [...symptoms.codes, other];
  return { symptoms: codes, symptomOther: words.join('、') };
}

/** The medicines of one programme, without the mark of what they are for. */
function rowsFor(program: Program, value: unknown): unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return (value as FormAnswers[]).flatMap((row) => {
    const { forPrograms, ...medicine } = row;
    const marked = codesOf(forPrograms);
    return marked.length === 0 || marked.includes(program) ? [medicine] : [];
  });
}
