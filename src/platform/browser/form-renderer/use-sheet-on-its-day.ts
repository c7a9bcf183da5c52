import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { formEditionQuery } from './form-edition-query.ts';
import { useEditionsOn } from './use-editions-on.ts';

/** The sheet being typed on, and whether it is known to be the one of its day. */
export interface SheetOnItsDay<S> {
  readonly sheet: S;
  readonly isSettled: boolean;
  readonly failed: { readonly error: unknown; readonly again: () => void } | undefined;
}

/**
 * Keeps what is typed on the editions in force on the day it is about: when another day has others, `onMove` carries the
 * answers there. While that day is not said, or `isFixed`, the sheet stays as it was begun.
 */
export function useSheetOnItsDay<S>(input: {
  readonly forms: readonly string[];
  readonly day: PlainDate | undefined;
  readonly today: PlainDate;
  readonly isFixed: boolean;
  readonly begun: () => S;
  readonly sheetOf: (editions: readonly FormEdition[]) => S;
  readonly nameOf: (sheet: S) => string;
  readonly onMove: (from: S, to: S) => void;
}): SheetOnItsDay<S> {
  const { day, isFixed } = input;
  const [sheet, setSheet] = useState(input.begun);
  // What was begun was begun on the editions of its day.
  const [settledOn, setSettledOn] = useState(day);
  const inForce = useEditionsOn(input.forms, day ?? input.today);
  const isAsked = day !== undefined && !isFixed;
  const wanted = isAsked && inForce.kind === 'there' ? input.sheetOf(inForce.editions) : undefined;
  const isOther = wanted !== undefined && input.nameOf(wanted) !== input.nameOf(sheet);
  const isKnown = inForce.kind === 'there' || inForce.kind === 'none';
  useEffect(() => {
    if (isOther) {
      input.onMove(sheet, wanted);
      setSheet(wanted);
    } else if (isKnown) setSettledOn(day);
  });
  const isSettled = !isAsked || (!isOther && (isKnown || day === settledOn));
  return { sheet, isSettled, failed: !isSettled && inForce.kind === 'failed' ? inForce : undefined };
}

/**
 * The editions a draft was begun on, by name; in the place of one nobody has stands the one given. Undefined while they are
 * being asked for.
 */
export function useBegunEditions(
  given: readonly FormEdition[],
  names: readonly (string | undefined)[],
): { readonly editions: readonly FormEdition[]; readonly lost: readonly string[] } | undefined {
  const others = given.flatMap(({ form, edition }, at) => {
    const name = names[at];
    return name === undefined || name === edition ? [] : [{ form, name }];
  });
  const asked = useQueries({ queries: others.map(({ form, name }) => formEditionQuery(form, name)) });
  if (asked.some((one) => one.isPending)) return undefined;
  const found = (form: string) => asked[others.findIndex((one) => one.form === form)]?.data ?? undefined;
  return {
    editions: given.map((one) => found(one.form) ?? one),
    lost: others.filter(({ form }) => !found(form)).map(({ name }) => name),
  };
}
