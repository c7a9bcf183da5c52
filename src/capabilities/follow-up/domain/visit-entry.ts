import type { Program } from '#capabilities/residents/domain/program.ts';
import type { CarriedDraft } from '#kernel/carry-answers.ts';
import { meets } from '#kernel/form-condition.ts';
import type { FormAnswers, FormField } from '#kernel/form-shape.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { numberShapeOf, numberTyped, type PadKey, pressKey } from '#kernel/number-entry.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { MergedSheet } from './merge-sheets.ts';

/** Made once when a visit is opened, so that a second try is the same visit. */
export interface VisitIds {
  readonly operationId: string;
  readonly visitId: string;
  readonly recordIds: Readonly<Partial<Record<Program, string>>>;
}

/** A visit being typed on a phone. Plain data, so that it can be kept as a draft and taken up after a crash. */
export interface VisitEntry {
  readonly ids: VisitIds;
  readonly answers: FormAnswers;
  /** Fields the doctor has set; the rules propose the others. */
  readonly touched: readonly string[];
  /** The box the pad types into; none when the pad is put away. */
  readonly box: string | null;
  /** What is typed in the open box, which need not be a number yet. */
  readonly typed: string;
  /** The box was opened over a value: the first digit replaces it. */
  readonly isFresh: boolean;
  readonly laterReason: string;
  /** When it was begun and on which edition of each sheet; it stays on them until it is saved or another day has others. */
  readonly begun?: {
    readonly on: PlainDate;
    readonly editions: Readonly<Partial<Record<Program, string>>>;
    /** The last day it was said to be about, where that was changed. */
    readonly about?: PlainDate;
  };
  /** What has no place on the editions it is on now, by the edition it was typed on. */
  readonly aside?: CarriedDraft['aside'];
  /** What could not be carried over from the edition it was typed on before, in words. */
  readonly leftOut?: readonly string[];
}

export type VisitEvent =
  | { readonly kind: 'open-box'; readonly box: string }
  | { readonly kind: 'key'; readonly key: PadKey }
  | { readonly kind: 'next-box' }
  | { readonly kind: 'close-pad' }
  | { readonly kind: 'answer'; readonly id: string; readonly value: unknown }
  | { readonly kind: 'same-as-last' }
  | { readonly kind: 'later-reason'; readonly text: string };

/** What a visit is typed against: the sheet, the numbers in the order they are measured, and the last sheets. */
export interface VisitFrame {
  readonly merged: MergedSheet;
  readonly boxes: readonly FormField[];
  /** Answers of the last visits for what is looked at anew each time, at their place on the merged sheet. */
  readonly last: FormAnswers;
}

/** Measures in the order in which a doctor takes them; those a sheet does not ask are passed over. */
const measured = ['sbp', 'dbp', 'heartRate', 'fpg', 'spo2', 'respRate', 'weight'];
/** Findings that mostly stay as they were: offered as “same as last time”, never taken over unasked. */
const steadyFindings = [
  'dorsalisPedis',
  'dorsalisPedisSide',
  'hypoglycemia',
  'cyanosis',
  'cyanosisText',
  'edema',
  'edemaText',
];

/** The frame of a visit from its merged sheet and the last sheet of each programme. */
export function frameVisit(
  merged: MergedSheet,
  last: readonly { readonly program: Program; readonly answers: FormAnswers }[],
): VisitFrame {
  const fields = fieldsOf(merged.edition);
  const boxes = measured.flatMap(
    (id) => fields.find((field) => field.id === id && numberShapeOf(field)) ?? [],
  );
  const steady: Record<string, unknown> = {};
  for (const { program, answers } of last)
    for (const id of steadyFindings)
      if (answers[id] !== undefined) steady[merged.pathOf(program, id)] = answers[id];
  return { merged, boxes, last: steady };
}

/** A visit just opened: the pad stands on the first reading that is not there yet. */
export function openVisit(frame: VisitFrame, answers: FormAnswers, ids: VisitIds): VisitEntry {
  const first = frame.boxes.find((field) => answers[field.id] === undefined);
  return { ids, answers, touched: [], box: first?.id ?? null, typed: '', isFresh: false, laterReason: '' };
}

/** The visit after what the doctor did. Pure: the same on the phone, in a test and after a crash. */
export function enterVisit(entry: VisitEntry, event: VisitEvent, frame: VisitFrame): VisitEntry {
  switch (event.kind) {
    case 'open-box': {
      const value = entry.answers[event.box];
      const typed = typeof value === 'number' ? `${value}` : '';
      return { ...entry, box: event.box, typed, isFresh: typed !== '' };
    }
    case 'close-pad':
      return { ...entry, box: null, typed: '', isFresh: false };
    case 'next-box':
      return openNext(entry, frame);
    case 'key':
      return typeKey(entry, event.key, frame);
    case 'answer':
      return answer(entry, event.id, event.value);
    case 'same-as-last':
      return unansweredSteady(entry, frame).reduce((now, [id, value]) => answer(now, id, value), entry);
    case 'later-reason':
      return { ...entry, laterReason: event.text };
  }
}

/** Findings still open that the last visit answered: what “same as last time” would set, and to what. */
export function unansweredSteady(
  entry: VisitEntry,
  frame: VisitFrame,
): readonly (readonly [id: string, value: unknown])[] {
  const fields = fieldsOf(frame.merged.edition);
  return Object.entries(frame.last).filter(([id]) => {
    const field = fields.find((one) => one.id === id);
    const isAsked =
      field && (field.visible === undefined || meets(field.visible, { ...frame.last, ...entry.answers }));
    return isAsked && entry.answers[id] === undefined;
  });
}

function answer(entry: VisitEntry, id: string, value: unknown): VisitEntry {
  return {
    ...entry,
    answers: { ...entry.answers, [id]: value },
    touched: entry.touched.includes(id) ? entry.touched : [...entry.touched, id],
  };
}

/** A key in the open box: the first digit replaces what stood there, a full number moves the pad on by itself. */
function typeKey(entry: VisitEntry, key: PadKey, frame: VisitFrame): VisitEntry {
  const field = frame.boxes.find((one) => one.id === entry.box);
  const shape = field && numberShapeOf(field);
  if (!field || !shape) return entry;
  const pressed = pressKey(entry.isFresh && key !== 'back' ? '' : entry.typed, key, shape);
  const typed = {
    ...answer(entry, field.id, numberTyped(pressed.text)),
    typed: pressed.text,
    isFresh: false,
  };
  return pressed.isFull ? openNext(typed, frame) : typed;
}

/** The next reading that is not there yet, after the open box first; the pad is put away when all are there. */
function openNext(entry: VisitEntry, frame: VisitFrame): VisitEntry {
  const here = frame.boxes.findIndex((field) => field.id === entry.box);
  const inOrder = [...frame.boxes.slice(here + 1), ...frame.boxes.slice(0, Math.max(0, here))];
  const next = inOrder.find((field) => entry.answers[field.id] === undefined);
  return { ...entry, box: next?.id ?? null, typed: '', isFresh: false };
}
