import type { FieldStore } from '#platform/browser/offline/field-store.ts';
import type { FieldOperation } from '../domain/field-operation.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import type { PersonLine, TodayItem } from '../domain/person-line.ts';

/** The offline store as the village doctor's screens use it. */
export type VillageStore = FieldStore<PersonDocument, PersonLine, TodayItem, FieldOperation>;
