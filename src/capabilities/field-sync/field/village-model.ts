import type { HeldDefinitions } from '#kernel/definition.ts';
import { plainDate } from '#kernel/plain-date.ts';
import type { FieldModel } from '#platform/browser/offline/field-model.ts';
import { applyOnPhone, type ReadBook } from '../domain/apply-on-phone.ts';
import { comparedText } from '../domain/compare-document.ts';
import { bookOf } from '../domain/definition-book.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import { goesAfter } from '../domain/goes-after.ts';
import { listToday, urgentLines } from '../domain/list-today.ts';
import { type CompactDocument, completeDocument, type PersonDocument } from '../domain/person-document.ts';
import { lineOf, packLine, searchKeysOf, unpackLine } from '../domain/person-index.ts';
import type { PersonLine, TodayItem } from '../domain/person-line.ts';

const read = new WeakMap<HeldDefinitions, ReadBook>();

/** The book of a set of definitions, read once. */
function readBookOf(held: HeldDefinitions | undefined): ReadBook | undefined {
  if (!held) return undefined;
  const book = read.get(held) ?? bookOf(held);
  read.set(held, book);
  return book;
}

export type VillageModel = FieldModel<CompactDocument, PersonDocument, PersonLine, TodayItem, FieldOperation>;

/** What a village doctor's documents, lines and operations mean to the offline store. */
export const villageModel: VillageModel = {
  complete: completeDocument,
  apply: (person, operation, held) => applyOnPhone(person, operation, readBookOf(held)),
  line: lineOf,
  packLine,
  unpackLine,
  searchKeys: searchKeysOf,
  listToday: (lines, day) => listToday(lines, plainDate(day)),
  urgentLines: (lines, day) => urgentLines(lines, plainDate(day)),
  comparedText: (document, day) => comparedText(document, plainDate(day)),
  idOf: (line) => line.id,
  nameOf: (line) => line.name,
  attachmentOf: (operation) => (operation.kind === 'visit.photo' ? operation.body.photoId : undefined),
  hangsOn: goesAfter,
  isFoundation: (kind) => kind === 'resident.register',
};
