import { useEffect, useState } from 'react';
import { addDays, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { makeSigningKey, type SigningKey } from '#platform/browser/field/signatures.ts';
import { certifySigningKey } from '../signing-contract.ts';
import { usePhone, usePhoneToday } from './phone-context.tsx';
import type { SealedCertificate } from './summary-seal.ts';
import type { VillageStore } from './village-store.ts';

/** What this phone signs and checks with; kept in the encrypted store. */
export interface Signing {
  readonly key: SigningKey;
  readonly certificate: SealedCertificate;
  readonly validThrough: PlainDate;
  /** Public keys of the county by name. */
  readonly countyKeys: Readonly<Record<string, string>>;
}

const place = 'signing';
const renewDaysBefore = 7;

/** The phone's signing key with its certificate, fetched or renewed when the network allows; null when there is none yet. */
export function useSigning(): Signing | null | undefined {
  const { store } = usePhone();
  const today = usePhoneToday();
  const [signing, setSigning] = useState<Signing | null>();
  useEffect(() => {
    let isCurrent = true;
    void readOrRenew(store, today).then((found) => isCurrent && setSigning(found ?? null));
    return () => {
      isCurrent = false;
    };
  }, [store, today]);
  return signing;
}

/** Reads the kept key; renews its certificate when it is about to end. Never throws: without a network the old one stands. */
export async function readOrRenew(store: VillageStore, today: PlainDate): Promise<Signing | undefined> {
  const kept = (await store.readDraft(place)) as Signing | undefined;
  if (kept && addDays(today, renewDaysBefore) <= kept.validThrough) return kept;
  try {
    const key = kept?.key ?? (await makeSigningKey());
    const reply = await callApi(certifySigningKey, { body: { publicKey: key.publicKey } });
    const renewed: Signing = {
      key,
      certificate: reply.certificate,
      validThrough: plainDate(reply.validThrough),
      countyKeys: Object.fromEntries(reply.countyKeys.map((one) => [one.keyId, one.publicKey])),
    };
    await store.saveDraft(place, renewed);
    return renewed;
  } catch {
    return kept;
  }
}
