import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import { type Loaded, useLoaded } from '#platform/browser/field/controls.tsx';
import type { SyncState } from '#platform/browser/offline/field-store.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import type { VillageStore } from './village-store.ts';

/** The open store and whose it is, for every screen behind the lock. */
export interface Phone {
  readonly store: VillageStore;
  readonly userId: string;
  readonly doctorName: string;
  readonly isDemo: boolean;
  /** Closes the store and shows who may open it. */
  readonly lock: () => void;
}

const PhoneContext = createContext<Phone | undefined>(undefined);

export function PhoneProvider({ phone, children }: { phone: Phone; children: ReactNode }) {
  return <PhoneContext.Provider value={phone}>{children}</PhoneContext.Provider>;
}

/** The phone behind the lock. */
export function usePhone(): Phone {
  const phone = useContext(PhoneContext);
  if (!phone) throw new Error('usePhone outside PhoneProvider');
  return phone;
}

interface StoreVersion {
  count: number;
  readonly listeners: Set<() => void>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => number;
}
const versions = new WeakMap<VillageStore, StoreVersion>();

/** Counts from the first look on, so that a change between drawing a screen and listening is not missed. */
function versionOf(store: VillageStore): StoreVersion {
  const known = versions.get(store);
  if (known) return known;
  const listeners = new Set<() => void>();
  const version: StoreVersion = {
    count: 0,
    listeners,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => version.count,
  };
  versions.set(store, version);
  store.subscribe(() => {
    version.count += 1;
    for (const listener of listeners) listener();
  });
  return version;
}

/** Counts the store's changes, so that a screen reads anew after each. */
export function useStoreVersion(): number {
  const { store } = usePhone();
  const { subscribe, read } = versionOf(store);
  return useSyncExternalStore(subscribe, read);
}

/** What the bar at the top says of saving and sending. */
export function useSyncState(): SyncState {
  const { store } = usePhone();
  useStoreVersion();
  return store.syncState();
}

/** Today by the server's clock as far as the phone knows it: a phone whose clock is years off writes the right day. */
export function usePhoneToday(): PlainDate {
  return todayOf(useSyncState());
}

/** The day it is in China when the phone's clock is off by so many minutes. */
export function todayOf(state: Pick<SyncState, 'clockSkewMinutes'>): PlainDate {
  return dayInChina(new Date(Date.now() - (state.clockSkewMinutes ?? 0) * 60_000));
}

/** A person with everything saved on this phone already in it; read anew after each change. */
export function usePerson(id: string): Loaded<PersonDocument | undefined> {
  const { store } = usePhone();
  return useLoaded(() => store.getPerson(id), `${id}:${useStoreVersion()}`);
}
