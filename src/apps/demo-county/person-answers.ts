import { inKeptOrder } from './ordered-json.ts';
import { writeBytes, writeJsonText } from './write-utf8.ts';

/** Answers of the personal information form that are one code or one text, as they were drawn. */
const single = [
  'name',
  'gender',
  'birthDate',
  'contactName',
  'residenceType',
  'bloodAbo',
  'bloodRh',
  'education',
  'occupation',
  'marital',
  'kitchenVent',
  'fuelType',
  'toilet',
  'livestockPen',
] as const;
/** Answers of which several may be ticked, and one is. */
const listed = ['payMethods', 'drugAllergies', 'familyFather', 'familyMother', 'disabilities'] as const;
const sealed = ['idNo', 'phone', 'contactPhone', 'currentAddress'] as const;
/** What everybody answers alike. */
const alike = {
  idType: '01',
  nation: '01',
  exposures: ['1'],
  pastDiseases: [{ code: '1' }],
  surgeries: '1',
  traumas: '1',
  transfusions: '1',
  familySiblings: ['1'],
  familyChildren: ['1'],
  geneticDisease: '1',
  drinkingWater: '1',
} as const;
/** The longest key, and so the last of all. */
const last = 'registeredAddress';

export type PersonAnswers = Readonly<Record<(typeof single)[number] | (typeof listed)[number], string>>;

/** Those of the answers that are sealed, as UTF-8; where somebody is registered is not always written down. */
export type SealedAnswers = Readonly<Record<(typeof sealed)[number], Uint8Array>> & {
  readonly [last]: Uint8Array | null;
};

type Slot =
  | { readonly front: Uint8Array; readonly kind: 'open'; readonly key: keyof PersonAnswers }
  | { readonly front: Uint8Array; readonly kind: 'sealed'; readonly key: (typeof sealed)[number] };

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const isOneOf = <K extends string>(keys: readonly K[], key: string): key is K => keys.some((k) => k === key);

/** What stands before each answer that is not alike, in the order in which PostgreSQL keeps the keys, and the end. */
function layOut(): { slots: readonly Slot[]; end: Uint8Array } {
  const slots: Slot[] = [];
  let text = '{';
  for (const key of inKeptOrder([...single, ...listed, ...sealed, ...Object.keys(alike)])) {
    const head = `${text === '{' ? '' : ','}${JSON.stringify(key)}:`;
    if (isOneOf(listed, key)) {
      slots.push({ front: bytesOf(`${text}${head}[`), kind: 'open', key });
      text = ']';
    } else if (isOneOf(single, key)) {
      slots.push({ front: bytesOf(text + head), kind: 'open', key });
      text = '';
    } else if (isOneOf(sealed, key)) {
      slots.push({ front: bytesOf(`${text}${head}"`), kind: 'sealed', key });
      text = '"';
    } else text += head + JSON.stringify(alike[key as keyof typeof alike]);
  }
  return { slots, end: bytesOf(text) };
}

const { slots, end } = layOut();
const lastFront = bytesOf(`,${JSON.stringify(last)}:"`);
const lastBack = bytesOf('"}');
const back = bytesOf('}');

/** Most bytes that somebody's answers take; names are short. */
export const mostPersonBytes = 8192;

/** Writes the answers of somebody's personal information form as JSON; answers where it ends. */
export function writePersonAnswers(
  bytes: Uint8Array,
  begin: number,
  answers: PersonAnswers,
  seals: SealedAnswers,
): number {
  let at = begin;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as Slot;
    at = writeBytes(bytes, at, slot.front);
    if (slot.kind === 'open') at = writeJsonText(bytes, at, answers[slot.key]);
    else at = writeBytes(bytes, at, seals[slot.key]);
  }
  at = writeBytes(bytes, at, end);
  const registered = seals[last];
  if (registered === null) return writeBytes(bytes, at, back);
  at = writeBytes(bytes, writeBytes(bytes, at, lastFront), registered);
  return writeBytes(bytes, at, lastBack);
}
