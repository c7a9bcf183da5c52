import { type FormAnswers, type FormEdition, type FormField, fieldsOf } from './form-shape.ts';

/** Body mass index in kg/m², rounded half up to one decimal so that the class agrees with the number shown. */
export function bodyMassIndex(weightKg: number, heightCm: number): number {
  const metres = heightCm / 100;
  return roundHalfUp(weightKg / (metres * metres), 1);
}

/** The value of a computed field from the other answers; undefined while one of them is missing or impossible. */
export function computeField(
  field: FormField & { kind: 'computed' },
  answers: FormAnswers,
): number | undefined {
  const parts = field.from.map((id) => numberIn(answers[id], field.reversed?.includes(id) ?? false));
  if (!parts.every((part) => part !== undefined)) return undefined;
  const [first, second] = parts;
  switch (field.compute) {
    case 'bmi':
      if (first === undefined || second === undefined || second <= 0) return undefined;
      return bodyMassIndex(first, second);
    case 'percent-of':
      if (first === undefined || second === undefined || second <= 0) return undefined;
      return roundHalfUp((first / second) * 100, field.places);
    case 'sum':
      return roundHalfUp(
        parts.reduce((total, part) => total + part, 0),
        field.places,
      );
  }
}

/** Answers with every computed field filled in anew; what cannot be computed is left out, whatever was given. */
export function computeDerived(edition: FormEdition, answers: FormAnswers): FormAnswers {
  const result: Record<string, unknown> = { ...answers };
  for (const field of fieldsOf(edition)) {
    if (field.kind !== 'computed') continue;
    const value = computeField(field, result);
    if (value === undefined) delete result[field.id];
    else result[field.id] = value;
  }
  return result;
}

function numberIn(value: unknown, isReversed: boolean): number | undefined {
  const isScore = typeof value === 'string' && /^\d{1,3}$/.test(value);
  const number = typeof value === 'number' ? value : isScore ? Number(value) : undefined;
  if (number === undefined || !Number.isFinite(number)) return undefined;
  return isReversed ? 6 - number : number;
}

function roundHalfUp(value: number, places: number): number {
  const factor = 10 ** places;
  return Math.floor(value * factor + 0.5 + 1e-9) / factor;
}
