import { fieldsOf } from '#kernel/form-shape.ts';
import { inPattern } from '#kernel/in-pattern.ts';
import { isMasked, maskedCode, maskedText } from '#kernel/masked-text.ts';
import { allFormEditions } from '../forms/all-forms.ts';
import { maskAddress, maskIdNo, maskPhone } from '../identity/mask-identity.ts';
import { type MaskedField, maskedFields } from '../reveal-purposes.ts';
import { identityAnswers, institutionAnswers, staffLists } from './identity-answers.ts';
import { impersonalPhrases, sensitiveConditions, tellingAnswers } from './sensitive-conditions.ts';

/** What of one person is shown whole. */
export interface Shown {
  readonly identity: ReadonlySet<MaskedField>;
  readonly sensitive: boolean;
}

export const nothingShown: Shown = { identity: new Set(), sensitive: false };
export const allShown: Shown = { identity: new Set(maskedFields), sensitive: true };

/** How an answer is looked at on its way out. */
export interface View {
  /** What is shown of a person; undefined when the answer does not say whose it is. */
  shown(residentId: string | undefined): Shown;
  /** Told of each person something was hidden of. */
  hidden?(residentId: string | undefined): void;
  /** Whether the asker sent this number or address along: no secret to them. */
  isSaid?(value: string): boolean;
  /** Questions that ask for a number, telephone or address besides those the program was built with. */
  readonly asked?: ReadonlyMap<string, MaskedField>;
}

const anyOf = (texts: readonly string[]) => texts.map(inPattern).join('|');
/** Latin abbreviations stand alone, in either case: three letters inside a code or cursor are chance. */
const wordPattern = (word: string) =>
  /^[A-Z]+$/.test(word)
    ? `(?<![A-Za-z0-9])${[...word].map((letter) => `[${letter}${letter.toLowerCase()}]`).join('')}(?![A-Za-z])`
    : inPattern(word);
const words = new RegExp(
  sensitiveConditions
    .flatMap((one) => one.words)
    .map(wordPattern)
    .join('|'),
);
/** Never words: where the next page begins, and what keys are made of, in which any three letters come together by chance. */
const notText: ReadonlySet<string> = new Set([
  'nextCursor',
  'cursor',
  'after',
  'share',
  'recovery',
  'handOverToken',
  'publicKey',
]);
const impersonal = new RegExp(anyOf(impersonalPhrases), 'g');
/** An identity number, or a mobile number as people write it: in one, or parted after three and seven. */
const wholeNumber = /(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9}|1[3-9]\d(?<gap>[ -])\d{4}\k<gap>\d{4})(?!\d)/;
/** An id or a fingerprint, in some of which a mobile number stands by chance. */
const madeCode = /(?<![\da-f])(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{32,})(?![\da-f])/;
const codeOrNumber = new RegExp(`${madeCode.source}|(?<number>${wholeNumber.source})`, 'gi');
const hiddenConditions = new Map(sensitiveConditions.flatMap((one) => Object.entries(one.conditions)));

/** The situations that keep a person safe where their conditions are hidden: the medicine rules ask for them as well. */
export const situationsFor = (conditions: readonly string[]): string[] =>
  conditions.flatMap((one) => hiddenConditions.get(one) ?? []);

const icdKey = /icd/i;

/** Codes that tell of a sensitive condition, by answer: read off the printed options, so that a new form needs no list. */
export const sensitiveCodes: ReadonlyMap<string, ReadonlySet<string>> = collectCodes();

function collectCodes(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>(
    Object.entries(tellingAnswers).map(([id, codes]) => [id, new Set(codes)]),
  );
  const note = (place: string, options: readonly { code: string; label: string }[]) => {
    for (const { code, label } of options)
      if (tellsSensitive(label)) found.set(place, (found.get(place) ?? new Set()).add(code));
  };
  for (const edition of allFormEditions)
    for (const field of fieldsOf(edition)) {
      if (field.kind === 'rows') {
        for (const column of field.columns)
          if (column.kind === 'code' || column.kind === 'codes')
            note(`${field.id}.${column.id}`, column.options);
      } else if (field.kind === 'code' || field.kind === 'codes') note(field.id, field.options);
    }
  return found;
}

/** Whether a text tells of a sensitive condition; what our own rules say to everybody does not. */
export function tellsSensitive(text: string): boolean {
  return words.test(text) && words.test(text.replace(impersonal, ''));
}

/** Whether an ICD-10 code lies in a sensitive range. */
export function isSensitiveIcd(code: string): boolean {
  const start = code.slice(0, 3).toUpperCase();
  return sensitiveConditions.some((one) => one.icd.some(([from, to]) => start >= from && start <= to));
}

/** An answer with such a code, as it travels: a single code, or a list up to its end, which holds no other. */
const codesThatTell = [...sensitiveCodes].map(([place, codes]) => {
  const among = anyOf([...codes]);
  return `"${place.split('.').at(-1)}":(?:"(?:${among})"|\\[[^\\]]*"(?:${among})")`;
});
const hiddenConditionsInText = `"conditions":\\[[^\\]]*"(?:${anyOf([...hiddenConditions.keys()])})"`;
const maySensitive = new RegExp(
  [...codesThatTell, hiddenConditionsInText, '"\\w*[iI]cd\\w*":"[A-Z]'].join('|'),
);
const mayIdentify = new RegExp(`"(?:${anyOf(Object.keys(identityAnswers))})":"|${wholeNumber.source}`);

/** Whether an answer, as it travels, may tell of a sensitive condition. */
export const mayTellSensitive = (text: string): boolean => words.test(text) || maySensitive.test(text);

/** Whether an answer, as it travels, may hold something to hide at all: most lists hold nothing, and go as they are. */
export const mayHoldHidden = (text: string, asked: View['asked'] = new Map()): boolean =>
  mayIdentify.test(text) ||
  mayTellSensitive(text) ||
  [...asked.keys()].some((id) => text.includes(`${JSON.stringify(id)}:`));

const masks: Readonly<Record<MaskedField, (value: string) => string | null>> = {
  idNo: maskIdNo,
  phone: maskPhone,
  contactPhone: maskPhone,
  currentAddress: maskAddress,
  registeredAddress: maskAddress,
};

type Tree = Readonly<Record<string, unknown>>;
interface Place {
  readonly key: string;
  readonly owner: string | undefined;
  /** Among staff: their telephones are theirs to give. */
  readonly ofStaff: boolean;
}

/** An answer with everything hidden that the view does not show; what is not hidden stays as it was. */
export function hideFromView(value: unknown, view: View, owner?: string): unknown {
  return hideValue(value, { key: '', owner, ofStaff: false }, view);
}

function hideValue(value: unknown, place: Place, view: View): unknown {
  if (typeof value === 'string') return hideText(value, place, view);
  // A number typed as digits where one asks for a telephone is one.
  if (typeof value === 'number' && view.asked?.has(place.key)) {
    const text = hideText(String(value), place, view);
    return text === String(value) ? value : text;
  }
  if (Array.isArray(value)) return hideList(value, place, view);
  if (typeof value === 'object' && value !== null) {
    if (value instanceof Date) return value;
    return hideObject(value as Tree, place, view);
  }
  return value;
}

function hideText(value: string, { key, owner, ofStaff }: Place, view: View): string | null {
  if (isMasked(value) || notText.has(key)) return value;
  const shown = view.shown(owner);
  const isCodeToHide = sensitiveCodes.get(key)?.has(value) || (icdKey.test(key) && isSensitiveIcd(value));
  if (!shown.sensitive && isCodeToHide) return hide(view, owner, maskedCode);
  const built = Object.hasOwn(identityAnswers, key) ? identityAnswers[key] : undefined;
  const field = ofStaff ? undefined : (built ?? view.asked?.get(key));
  if (field) {
    if (value === '' || shown.identity.has(field) || view.isSaid?.(value)) return value;
    return hide(view, owner, masks[field](value));
  }
  if (!shown.sensitive && tellsSensitive(value)) return hide(view, owner, maskedText);
  if (ofStaff || institutionAnswers.has(key)) return value;
  return value.replace(codeOrNumber, (found, ...rest) => {
    const { number } = rest.at(-1) as { number?: string };
    if (number === undefined) return found;
    const kind: MaskedField = number.length === 18 ? 'idNo' : 'phone';
    const isShown = shown.identity.has(kind) || (kind === 'phone' && shown.identity.has('contactPhone'));
    return isShown || view.isSaid?.(number) ? number : (hide(view, owner, masks[kind](number)) ?? '');
  });
}

function hide<T>(view: View, owner: string | undefined, instead: T): T {
  view.hidden?.(owner);
  return instead;
}

function hideList(list: readonly unknown[], place: Place, view: View): unknown[] {
  if (!view.shown(place.owner).sensitive) {
    const codes = sensitiveCodes.get(place.key);
    if (codes && list.some((one) => codes.has(String(one)))) {
      const kept = list.filter((one) => !codes.has(String(one)));
      return hide(view, place.owner, [...kept, maskedCode]);
    }
  }
  return list.map((one) => {
    const isRow = typeof one === 'object' && one !== null && !Array.isArray(one);
    return isRow ? hideRow(one as Tree, place, view) : hideValue(one, place, view);
  });
}

/** A row whose code tells of a sensitive condition goes whole: its day and words tell as much. */
function hideRow(row: Tree, place: Place, view: View): unknown {
  const owner = ownerOf(row, place.owner);
  if (!view.shown(owner).sensitive)
    for (const [column, value] of Object.entries(row)) {
      const codes = sensitiveCodes.get(`${place.key}.${column}`);
      if (typeof value === 'string' && codes?.has(value)) return hide(view, owner, { [column]: maskedCode });
      if (Array.isArray(value) && codes && value.some((one) => codes.has(String(one))))
        return hideRow(
          {
            ...row,
            [column]: hide(view, owner, [...value.filter((one) => !codes.has(String(one))), maskedCode]),
          },
          place,
          view,
        );
    }
  return hideObject(row, place, view);
}

/** Whose an object is: it says so itself, or it is the person. */
function ownerOf(tree: Tree, around: string | undefined): string | undefined {
  if (typeof tree.residentId === 'string') return tree.residentId;
  return typeof tree.id === 'string' && typeof tree.archiveNo === 'string' ? tree.id : around;
}

/** In these a value of the field named beside it is told. */
const toldOfAField = new Set(['kept', 'offered', 'base', 'from', 'to', 'value', 'before', 'after']);

function hideObject(tree: Tree, place: Place, view: View): Tree {
  const owner = ownerOf(tree, place.owner);
  const ofStaff = place.ofStaff || staffLists.has(place.key);
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(tree)) {
    const told = typeof tree.field === 'string' && toldOfAField.has(key) ? tree.field : key;
    shown[key] = hideValue(value, { key: told, owner, ofStaff }, view);
  }
  return hideConditions(tree, shown, owner, view);
}

/** Conditions the rules go on with: the hidden ones leave, and the situation that keeps the person safe comes. */
function hideConditions(
  tree: Tree,
  shown: Record<string, unknown>,
  owner: string | undefined,
  view: View,
): Tree {
  const { conditions } = tree;
  if (!Array.isArray(conditions) || view.shown(owner).sensitive) return shown;
  const hidden = conditions.filter((one) => hiddenConditions.has(String(one)));
  if (hidden.length === 0) return shown;
  view.hidden?.(owner);
  const flags = Array.isArray(tree.safetyFlags) ? tree.safetyFlags : [];
  const situations = situationsFor(hidden.map(String));
  return {
    ...shown,
    conditions: conditions.filter((one) => !hiddenConditions.has(String(one))),
    safetyFlags: [...new Set([...flags, ...situations])],
  };
}
