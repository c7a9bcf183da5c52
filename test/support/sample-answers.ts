import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from '#kernel/form-shape.ts';

/** Answers within every hard limit of an edition, mostly with what it needs; drawn, so that each time is another. */
export function sampleAnswers(edition: FormEdition, below: (limit: number) => number): FormAnswers {
  const answers: Record<string, unknown> = {};
  for (const field of fieldsOf(edition)) {
    const isWanted = field.required === 'optional' ? below(3) === 0 : below(20) > 0;
    if (isWanted) answers[field.id] = sampleAnswer(field, below);
  }
  return answers;
}

function sampleAnswer(field: FormField, below: (limit: number) => number): unknown {
  switch (field.kind) {
    case 'code':
      return field.options[below(field.options.length)]?.code;
    case 'codes':
      return [field.options[below(field.options.length)]?.code];
    case 'integer':
    case 'decimal': {
      const { min = 0, max = 300 } = field.hard;
      const value = min + (max - min) * (below(1001) / 1000);
      return Number(value.toFixed(field.kind === 'integer' ? 0 : field.places));
    }
    case 'text':
      return field.pattern === undefined
        ? '无特殊'
        : { phone: '13900000000', 'time-of-day': '08:30' }[field.pattern as string];
    case 'date':
      return field.notBeforeToday ? '2026-12-20' : '2026-11-24';
    case 'partial-date':
      return ['2019', '2019-05', '2019-05-06'][below(3)];
    case 'flag':
      return below(2) === 0;
    case 'rows':
      return Array.from({ length: below(3) }, () =>
        Object.fromEntries(field.columns.map((column) => [column.id, sampleAnswer(column, below)])),
      );
    case 'computed':
    case 'reference':
      return undefined;
  }
}
