import { useMemo } from 'react';
import type { FormEdition } from '#kernel/form-shape.ts';
import { dayTyped, plainDate } from '#kernel/plain-date.ts';
import { useSheetOnItsDay } from '#platform/browser/form-renderer/use-sheet-on-its-day.ts';
import { useActor } from '#platform/browser/session.tsx';
import type { FollowUpStart } from '../contract.ts';
import { carryVisit } from '../domain/carry-visit.ts';
import { followUpFormOf } from '../domain/follow-up-programs.ts';
import { type MergedSheet, mergeSheets } from '../domain/merge-sheets.ts';
import { startVisit } from '../domain/start-visit.ts';
import { editionsOf, type VisitDraft } from './visit-draft.ts';

/** The sheets of a visit as one, on these editions of them. */
export function mergedOn(starts: readonly FollowUpStart[], editions: readonly FormEdition[]): MergedSheet {
  return mergeSheets(
    starts.flatMap(({ program }, at) => {
      const edition = editions[at];
      return edition ? [{ program, edition }] : [];
    }),
  );
}

const namesOf = (merged: MergedSheet) => JSON.stringify(editionsOf(merged));

/** The sheets of a visit on the editions in force on the day it is about, the draft carried along when that changes. */
export function useVisitOnItsDay(input: {
  readonly starts: readonly FollowUpStart[];
  readonly begun: readonly FormEdition[];
  readonly isFixed: boolean;
  readonly draft: VisitDraft;
  readonly setDraft: (change: (old: VisitDraft) => VisitDraft) => void;
}) {
  const { starts, setDraft } = input;
  const actor = useActor();
  const today = plainDate(actor.today);
  const forms = useMemo(() => starts.map(({ program }) => followUpFormOf(program)), [starts]);
  return useSheetOnItsDay<MergedSheet>({
    forms,
    day: dayTyped(input.draft.answers.visitDate, today),
    today,
    isFixed: input.isFixed,
    begun: () => mergedOn(starts, input.begun),
    sheetOf: (editions) => mergedOn(starts, editions),
    nameOf: namesOf,
    onMove: (from, to) =>
      setDraft((old) => ({
        ...old,
        ...carryVisit(from, to, old, startVisit(to, [], actor.name, today)),
        editions: editionsOf(to),
      })),
  });
}
