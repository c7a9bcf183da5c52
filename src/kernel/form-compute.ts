import type { FormAnswers, FormField } from './form-shape.ts';

/** Body mass index in kg/m², rounded half up to one decimal so that the class agrees with the number shown. */
export function bodyMassIndex(weightKg: number, heightCm: number): number {
  const metres = heightCm / 100;
  return Math.floor((weightKg / (metres * metres)) * 10 + 0.5 + 1e-9) / 10;
}

/** The value of a computed field from the other answers; undefined while one of them is missing. */
export function computeField(
  field: FormField & { kind: 'computed' },
  answers: FormAnswers,
): number | undefined {
  const [weight, height] = field.from.map((id) => answers[id]);
  if (typeof weight !== 'number' || typeof height !== 'number' || height <= 0) return undefined;
  return bodyMassIndex(weight, height);
}
