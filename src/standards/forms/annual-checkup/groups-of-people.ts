import type { Condition } from '#kernel/form-shape.ts';

const groups = (...names: readonly string[]): Condition => ({ kind: 'in-group', groups: names });

/** 老年人: 65 years and over, or known as one of the group. */
export const olderPeople: Condition = {
  kind: 'any',
  of: [{ kind: 'age-at-least', years: 65 }, groups('older-people')],
};

/** Required of older people, optional for others. */
export const forOlderPeople = { required: olderPeople } as const;

/** Required of people with type 2 diabetes. */
export const forDiabetes = { required: groups('type-2-diabetes') } as const;

/** Required of people with type 2 diabetes and of older people. */
export const forDiabetesAndOlderPeople = {
  required: { kind: 'any', of: [groups('type-2-diabetes'), olderPeople] },
} as const;

/** Required of people with COPD; not on the national print. */
export const forCopd = { required: groups('copd'), extension: true } as const;

/** Asked of women only, and optional. */
export const forWomen = { required: 'optional', visible: { kind: 'sex-is', sex: '2' } } as const;
