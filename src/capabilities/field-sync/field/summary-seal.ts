import type { PlainDate } from '#kernel/plain-date.ts';
import {
  isSignedBy,
  type SigningKey,
  signText,
  textFromBase64Url,
  textToBase64Url,
} from '#platform/browser/field/signatures.ts';
import {
  checkDays,
  type HealthSummary,
  readCertificate,
  readSummary,
  type SignerCertificate,
  type SummaryRefusal,
  summaryPrefix,
  writeSummary,
} from '../domain/signed-summary.ts';

/** A certificate as the county signed it. */
export interface SealedCertificate {
  readonly text: string;
  readonly signature: string;
}

/** Seals a summary: what is said, the phone's signature, the phone's certificate, the county's signature. */
export async function sealSummary(
  summary: HealthSummary,
  key: SigningKey,
  certificate: SealedCertificate,
): Promise<string> {
  const text = writeSummary(summary);
  const parts = [
    textToBase64Url(text),
    await signText(key, text),
    textToBase64Url(certificate.text),
    certificate.signature,
  ];
  return summaryPrefix + parts.join('.');
}

export type OpenedSummary =
  | { readonly kind: 'good'; readonly summary: HealthSummary; readonly signer: SignerCertificate }
  | { readonly kind: 'refused'; readonly why: SummaryRefusal };

/** Opens a sealed summary with nothing but the county's public keys on this phone; no network. */
export async function openSummary(
  sealed: string,
  countyKeys: Readonly<Record<string, string>>,
  today: PlainDate,
): Promise<OpenedSummary> {
  const refuse = (why: SummaryRefusal) => ({ kind: 'refused', why }) as const;
  const parts = sealed.startsWith(summaryPrefix) ? sealed.slice(summaryPrefix.length).split('.') : [];
  const [said, signature, vouched, vouching] = parts;
  if (parts.length !== 4 || !said || !signature || !vouched || !vouching) return refuse('not-a-summary');
  const [text, certificateText] = [decode(said), decode(vouched)];
  const certificate = certificateText === undefined ? undefined : readCertificate(certificateText);
  if (text === undefined || certificateText === undefined || !certificate) return refuse('not-a-summary');
  const countyKey = countyKeys[certificate.keyId];
  if (countyKey === undefined) return refuse('unknown-county');
  if (!(await isSignedBy(countyKey, certificateText, vouching))) return refuse('certificate-forged');
  if (!(await isSignedBy(certificate.publicKey, text, signature))) return refuse('changed');
  const summary = readSummary(text);
  if (!summary) return refuse('not-a-summary');
  const why = checkDays(summary, certificate, today);
  return why ? refuse(why) : { kind: 'good', summary, signer: certificate };
}

function decode(text: string): string | undefined {
  try {
    return textFromBase64Url(text);
  } catch {
    return undefined;
  }
}
