import { programLabels } from '#capabilities/residents/domain/program.ts';
import { addDays, type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';
import { readingContexts } from '#standards/measurements/reading-kinds.ts';
import { currentMedicines } from './current-medicines.ts';
import type { PersonDocument, TakenMedicine } from './person-document.ts';
import type { PhoneReading } from './wire-visit.ts';

/** Days for which a summary may be shown. */
const validDays = 7;
const mostMedicines = 6;
/** Of this layout; an earlier one began with QC1S. */
export const summaryPrefix = 'QC2S:';

/** What another doctor of the county needs at once, and no more: no identity number, no telephone, no address. */
export interface HealthSummary {
  readonly name: string;
  readonly sex: string;
  readonly birthYear: number;
  readonly diseases: readonly string[];
  /** Such as `诊室血压 135/85（2026-11-24）`. */
  readonly readings: readonly string[];
  /** Such as `缬沙坦胶囊 80mg×1`: each time, and how often a day. */
  readonly medicines: readonly string[];
  readonly allergies: string;
  readonly issuedOn: PlainDate;
  readonly validThrough: PlainDate;
}

/** Who signed: the county vouches for this doctor's phone until a day. */
export interface SignerCertificate {
  /** Name of the county key that signed this certificate. */
  readonly keyId: string;
  /** The phone's public key, P-256, raw, base64url. */
  readonly publicKey: string;
  readonly doctor: string;
  readonly organization: string;
  readonly validThrough: PlainDate;
}

const sexes: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/** Draws the summary of a person on a day. */
export function summarise(person: PersonDocument, allergies: string, today: PlainDate): HealthSummary {
  const last = (kind: string) => person.series[kind]?.[0];
  const [sbp, glucose, spo2] = [last('sbp'), last('fasting-glucose'), last('spo2')];
  // Both halves of one measurement: of the same day, and taken at the same place.
  const dbp = sbp && person.series.dbp?.find(([on, , context]) => on === sbp[0] && context === sbp[2]);
  const { medicines } = currentMedicines(person);
  return {
    name: person.name,
    sex: sexes[person.sex] ?? '',
    birthYear: Number(person.birthDate.slice(0, 4)),
    diseases: person.programs.map(({ program }) => programLabels[program]),
    readings: [
      ...(sbp && dbp ? [`${placeOf(sbp)}血压 ${sbp[1]}/${dbp[1]}（${sbp[0]}）`] : []),
      ...(glucose ? [`${placeOf(glucose)}空腹血糖 ${glucose[1]}（${glucose[0]}）`] : []),
      ...(spo2 ? [`血氧 ${spo2[1]}%（${spo2[0]}）`] : []),
    ],
    medicines: [
      ...medicines.slice(0, mostMedicines).map(printShort),
      ...(medicines.length > mostMedicines ? [`共 ${medicines.length} 种`] : []),
    ],
    allergies,
    issuedOn: today,
    validThrough: addDays(today, validDays),
  };
}

/** A medicine in few letters: its name, how much each time, how often a day, as far as was written. */
function printShort({ name, dosePerTime, doseUnit, timesPerDay }: TakenMedicine): string {
  const dose = dosePerTime === undefined ? '' : `${dosePerTime}${doseUnit ?? ''}`;
  const times = timesPerDay === undefined ? '' : dose ? `×${timesPerDay}` : `每日${timesPerDay}次`;
  return `${name} ${dose}${times}`.trim();
}

/** Where or how a reading was taken: 诊室, 家庭…; nothing when it was not said. */
const placeOf = ([, , context]: PhoneReading) =>
  context !== undefined && Object.hasOwn(readingContexts, context)
    ? readingContexts[context as keyof typeof readingContexts]
    : '';

/** The summary as the bytes that are signed: a fixed order, nothing optional, so that it reads back the same. */
export function writeSummary(summary: HealthSummary): string {
  const { name, sex, birthYear, diseases, readings, medicines, allergies, issuedOn, validThrough } = summary;
  return JSON.stringify([
    name,
    sex,
    birthYear,
    diseases,
    readings,
    medicines,
    allergies,
    issuedOn,
    validThrough,
  ]);
}

export function readSummary(text: string): HealthSummary | undefined {
  const parts = parseArray(text);
  if (parts?.length !== 9) return undefined;
  const [name, sex, birthYear, diseases, readings, medicines, allergies, issued, valid] = parts;
  const [issuedOn, validThrough] = [dayOf(issued), dayOf(valid)];
  if (!isText(name) || !isText(sex) || typeof birthYear !== 'number' || !isText(allergies)) return undefined;
  if (!isTexts(diseases) || !isTexts(readings) || !isTexts(medicines) || !issuedOn || !validThrough)
    return undefined;
  return { name, sex, birthYear, diseases, readings, medicines, allergies, issuedOn, validThrough };
}

/** The certificate as the bytes that are signed. */
export function writeCertificate(certificate: SignerCertificate): string {
  const { keyId, publicKey, doctor, organization, validThrough } = certificate;
  return JSON.stringify([keyId, publicKey, doctor, organization, validThrough]);
}

export function readCertificate(text: string): SignerCertificate | undefined {
  const parts = parseArray(text);
  if (parts?.length !== 5) return undefined;
  const [keyId, publicKey, doctor, organization, valid] = parts;
  const validThrough = dayOf(valid);
  if (!isText(keyId) || !isText(publicKey) || !isText(doctor) || !isText(organization) || !validThrough)
    return undefined;
  return { keyId, publicKey, doctor, organization, validThrough };
}

/** Why a summary is not to be believed. */
export type SummaryRefusal =
  | 'not-a-summary'
  | 'unknown-county'
  | 'certificate-forged'
  | 'changed'
  | 'certificate-expired'
  | 'expired'
  | 'not-yet';

export const summaryRefusalWords: Readonly<Record<SummaryRefusal, string>> = {
  'not-a-summary': '这不是健康摘要二维码。',
  'unknown-county': '不是本县签发的，或本机还没有取到县的公钥，请联网一次再验。',
  'certificate-forged': '签发者的证书不是本县签发的，不能相信。',
  changed: '内容被改动过，不能相信。',
  'certificate-expired': '签发时签发者的证书已过期，不能相信。',
  expired: '已过有效期，请让对方重新出示。',
  'not-yet': '签发日期在今天之后，请核对两台手机的日期。',
};

/** Whether the days of a well-signed summary hold today. */
export function checkDays(
  summary: HealthSummary,
  certificate: SignerCertificate,
  today: PlainDate,
): SummaryRefusal | undefined {
  if (summary.issuedOn > certificate.validThrough) return 'certificate-expired';
  // One day of grace for a phone that crossed midnight.
  if (summary.issuedOn > addDays(today, 1)) return 'not-yet';
  return summary.validThrough < today ? 'expired' : undefined;
}

function parseArray(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 400;
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= 20 && value.every(isText);
const dayOf = (value: unknown) => (typeof value === 'string' ? parsePlainDate(value) : undefined);
