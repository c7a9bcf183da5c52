import type { Condition, FormField } from '#kernel/form-shape.ts';

/** The condition with every field name changed; a name that has several stands for any of them. */
export function renameCondition(condition: Condition, rename: (id: string) => string): Condition {
  switch (condition.kind) {
    case 'answered':
    case 'in':
    case 'is':
    case 'number':
      return { ...condition, field: rename(condition.field) };
    case 'compare':
      return { ...condition, field: rename(condition.field), other: rename(condition.other) };
    case 'all':
    case 'any':
      return { ...condition, of: condition.of.map((part) => renameCondition(part, rename)) };
    case 'not':
      return { ...condition, of: renameCondition(condition.of, rename) };
    default:
      return condition;
  }
}

/** A field with its own name and every name it mentions changed. */
export function renameField(field: FormField, rename: (id: string) => string): FormField {
  const renamed = {
    ...field,
    id: rename(field.id),
    ...(typeof field.required === 'object' ? { required: renameCondition(field.required, rename) } : {}),
    ...(field.visible ? { visible: renameCondition(field.visible, rename) } : {}),
    ...('needsText' in field && field.needsText
      ? {
          needsText: Object.fromEntries(
            Object.entries(field.needsText).map(([code, id]) => [code, rename(id)]),
          ),
        }
      : {}),
    ...('targetOf' in field && field.targetOf ? { targetOf: rename(field.targetOf) } : {}),
    ...('from' in field ? { from: field.from.map(rename) } : {}),
  };
  return renamed as FormField;
}

/** Required if any asks for it. */
export function strictest(fields: readonly FormField[]): FormField['required'] {
  if (fields.some((field) => field.required === 'always')) return 'always';
  const conditions = distinct(
    fields.flatMap((field) => (typeof field.required === 'object' ? [field.required] : [])),
  );
  return conditions.length === 0 ? 'optional' : anyOf(conditions);
}

/** Shown if any shows it; undefined means always. */
export function widest(fields: readonly FormField[]): Condition | undefined {
  const conditions = fields.flatMap((field) => (field.visible ? [field.visible] : []));
  return conditions.length < fields.length ? undefined : anyOf(distinct(conditions));
}

function distinct(conditions: readonly Condition[]): Condition[] {
  const seen = new Map(conditions.map((condition) => [JSON.stringify(condition), condition]));
  return [...seen.values()];
}

function anyOf(conditions: readonly Condition[]): Condition {
  const [only] = conditions;
  return conditions.length === 1 && only ? only : { kind: 'any', of: conditions };
}
