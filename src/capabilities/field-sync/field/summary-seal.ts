import type { PlainDate } from '#kernel/plain-date.ts';
import { fromBase45, toBase45 } from '#platform/browser/field/base45.ts';
import {
  fromBase64Url,
  isSignedBy,
  type SigningKey,
  signText,
  toBase64Url,
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

/**
 * Seals a summary: what is said, the phone's signature, the phone's certificate, the county's signature, each after its
 * length; in the letters of which a code holds most, since every module more is one a cheap camera may miss.
 */
export async function sealSummary(
  summary: HealthSummary,
  key: SigningKey,
  certificate: SealedCertificate,
): Promise<string> {
  const text = writeSummary(summary);
  const utf8 = new TextEncoder();
  const parts = [
    utf8.encode(text),
    fromBase64Url(await signText(key, text)),
    utf8.encode(certificate.text),
    fromBase64Url(certificate.signature),
  ];
  const bytes = parts.flatMap((part) => [part.length >> 8, part.length & 0xff, ...part]);
  return summaryPrefix + toBase45(Uint8Array.from(bytes));
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
  const [said, signature, vouched, vouching, ...more] = partsOf(sealed) ?? [];
  if (!said || !signature || !vouched || !vouching || more.length > 0) return refuse('not-a-summary');
  const [text, certificateText] = [decode(said), decode(vouched)];
  const certificate = certificateText === undefined ? undefined : readCertificate(certificateText);
  if (text === undefined || certificateText === undefined || !certificate) return refuse('not-a-summary');
  const countyKey = countyKeys[certificate.keyId];
  if (countyKey === undefined) return refuse('unknown-county');
  if (!(await isSignedBy(countyKey, certificateText, toBase64Url(vouching))))
    return refuse('certificate-forged');
  if (!(await isSignedBy(certificate.publicKey, text, toBase64Url(signature)))) return refuse('changed');
  const summary = readSummary(text);
  if (!summary) return refuse('not-a-summary');
  const why = checkDays(summary, certificate, today);
  return why ? refuse(why) : { kind: 'good', summary, signer: certificate };
}

/** The parts of a sealed text; undefined for anything else, also where bytes are left over. */
function partsOf(sealed: string): Uint8Array[] | undefined {
  if (!sealed.startsWith(summaryPrefix)) return undefined;
  try {
    const bytes = fromBase45(sealed.slice(summaryPrefix.length));
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      const end = at + 2 + length;
      if (end > bytes.length) return undefined;
      parts.push(bytes.subarray(at + 2, end));
      at = end;
    }
    return parts;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
