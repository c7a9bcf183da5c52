import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from '#kernel/form-shape.ts';

/** A sheet with every field answered the way a paper sheet could be; `which` end of each code list is chosen. */
export function fillSheet(edition: FormEdition, which: 'first' | 'last'): FormAnswers {
  const answers: Record<string, unknown> = {};
  for (const field of fieldsOf(edition)) {
    const value = fillField(field, which);
    if (value !== undefined) answers[field.id] = value;
  }
  return answers;
}

function fillField(field: FormField, which: 'first' | 'last'): unknown {
  switch (field.kind) {
    case 'code':
      return field.options.at(which === 'first' ? 0 : -1)?.code;
    case 'codes': {
      const free = field.options.filter(
        (option) => !field.exclusive.includes(option.code) && !field.oneOf?.flat().includes(option.code),
      );
      if (which === 'first') return [field.exclusive[0] ?? field.options[0]?.code];
      return free.map((option) => option.code);
    }
    case 'integer':
    case 'decimal': {
      const low = field.normal?.[0]?.range.min ?? field.warn?.min ?? field.hard.min ?? 0;
      const high = field.normal?.[0]?.range.max ?? field.warn?.max ?? field.hard.max ?? low;
      const middle = (low + Math.min(high, low + 20)) / 2;
      return field.kind === 'integer'
        ? Math.floor(middle)
        : Number(middle.toFixed(Math.min(field.places, 1)));
    }
    case 'text':
      if (field.pattern === 'phone') return '13900000000';
      if (field.pattern === 'archive-number') return '99999910010100001';
      if (field.pattern === 'time-of-day') return '08:30';
      if (field.pattern === 'icd-10') return 'I10';
      return `文字${field.id}`.slice(0, field.maxLength);
    case 'date':
      return field.notAfterToday ? '2026-11-23' : '2026-12-23';
    case 'partial-date':
      return which === 'first' ? '2019' : '2019-05';
    case 'flag':
      return which === 'last';
    case 'reference':
      return '张医生';
    case 'rows':
      return [
        Object.fromEntries(field.columns.map((column) => [column.id, fillField(column, which)] as const)),
      ];
    case 'computed':
      return undefined;
  }
}
