import type { PhoneUser, UnlockResult } from '#platform/browser/offline/field-store.ts';
import type { Session } from '#standards/session-contract.ts';
import type { VillageStore } from './village-store.ts';

/** How people come to their own store on a phone that several may share. */
export interface PhoneDoor {
  users(): Promise<readonly PhoneUser[]>;
  /** The locked store of a user known to this phone. */
  storeOf(user: PhoneUser): Promise<VillageStore>;
  /** After signing in online: makes the store of this user, or gives it back its share; locked when it has a PIN. */
  admit(session: Session): Promise<{ readonly store: VillageStore; readonly user: PhoneUser }>;
  /** Sets the first PIN, which also opens the store. */
  setPin(store: VillageStore, user: PhoneUser, pin: string): Promise<UnlockResult>;
}
