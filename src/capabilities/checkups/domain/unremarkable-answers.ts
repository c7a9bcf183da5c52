import { type FormSubject, meets } from '#kernel/form-condition.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';

/** Findings of the examination whose unremarkable code is not the first of the sheet. */
const otherCode: Readonly<Record<string, string>> = { dorsalisPedis: '2' };
/** Groups in which a doctor who saw nothing remarkable may say so once for all; habits and history are always asked. */
const examined = new Set(['organs', 'examination']);

/** "Nothing remarkable" for each coded item of the examination that is required of this person and still open. */
export function unremarkableAnswers(
  edition: FormEdition,
  answers: FormAnswers,
  subject: FormSubject,
): Record<string, unknown> {
  const wanted = edition.groups.filter((group) => examined.has(group.id)).flatMap((group) => group.fields);
  return Object.fromEntries(
    wanted.flatMap((field): [string, unknown][] => {
      if (answers[field.id] !== undefined) return [];
      if (field.visible !== undefined && !meets(field.visible, answers, subject)) return [];
      const isRequired =
        field.required === 'always' ||
        (field.required !== 'optional' && meets(field.required, answers, subject));
      if (!isRequired) return [];
      if (field.kind === 'code') return [[field.id, otherCode[field.id] ?? field.options[0]?.code]];
      if (field.kind === 'codes') return [[field.id, [field.options[0]?.code]]];
      return [];
    }),
  );
}

/** Groups that seldom change from one year to the next and are asked about again rather than examined. */
const lasting = new Set(['lifestyle', 'problems']);

/** What the last checkup says of habits and lasting problems, for items still open; to be asked about, never assumed. */
export function lastingAnswers(
  edition: FormEdition,
  answers: FormAnswers,
  last: FormAnswers,
): Record<string, unknown> {
  return Object.fromEntries(
    edition.groups
      .filter((group) => lasting.has(group.id))
      .flatMap((group) => group.fields)
      .filter((field) => answers[field.id] === undefined && last[field.id] !== undefined)
      .map((field) => [field.id, last[field.id]]),
  );
}
