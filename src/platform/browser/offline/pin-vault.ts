import { isLeaseOver, type Lease, leaseFrom, leaseUsed } from './lease.ts';
import { AesSealer } from './seal.ts';
import { StorageFull } from './storage.ts';

/** A user of this phone as the lock knows them. Nothing of it opens the data without the PIN and the server's share. */
export interface VaultRecord {
  readonly userId: string;
  readonly name: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  /** The data key under PIN and share; absent before the first PIN. */
  readonly byPin?: Uint8Array<ArrayBuffer>;
  /** The data key under the server's recovery secret, which never stays on the phone: for a forgotten PIN. */
  readonly byRecovery?: Uint8Array<ArrayBuffer>;
  /** The server's share and hand-over token, sealed under this browser's own key. */
  readonly share?: Uint8Array<ArrayBuffer>;
  readonly token?: Uint8Array<ArrayBuffer>;
  readonly lease: Lease;
  readonly wrongTries: number;
  readonly waitFrom: number;
  readonly waitSeconds: number;
  readonly isWiped?: true;
}

export interface VaultShelf {
  read(userId: string): Promise<VaultRecord | undefined>;
  list(): Promise<readonly VaultRecord[]>;
  /** `isUrgent`: on a full phone the room kept for what is typed may be given up for it. */
  write(record: VaultRecord, isUrgent?: boolean): Promise<void>;
  /** This browser's own key: it cannot be taken out of the browser by a script. */
  deviceKey(): Promise<CryptoKey>;
}

/** What the server gives a signed-in user. */
export interface Greeting {
  readonly userId: string;
  readonly userName: string;
  readonly share: string;
  readonly recovery: string;
  readonly handOverToken: string;
  readonly leaseDays: number;
}

export type Opened =
  | { readonly kind: 'opened'; readonly sealer: AesSealer }
  | { readonly kind: 'wrong-pin' | 'wait'; readonly waitSeconds: number }
  | { readonly kind: 'needs-sign-in'; readonly why: 'first-time' | 'lease-over' | 'share-lost' }
  | { readonly kind: 'wiped' };

/** Rounds of PBKDF2-HMAC-SHA-512 per try; 0.1 s on a desk, under half a second on a village phone. */
const rounds = 210_000;
/** Wrong tries before each next one has to wait, and before the share is given up. */
const freeTries = 3;
const mostTries = 10;
const longestWait = 900;

const text = new TextEncoder();
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

async function wrappingKey(material: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>, use: string) {
  const base = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt, info: text.encode(use) };
  return crypto.subtle.deriveKey(hkdf, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function keyOfPin(pin: string, share: Uint8Array<ArrayBuffer>, record: VaultRecord) {
  const base = await crypto.subtle.importKey('raw', text.encode(pin), 'PBKDF2', false, ['deriveBits']);
  const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-512', salt: record.salt, iterations: rounds };
  const stretched = new Uint8Array(await crypto.subtle.deriveBits(pbkdf2, base, 256));
  const material = new Uint8Array(stretched.length + share.length);
  material.set(stretched);
  material.set(share, stretched.length);
  return wrappingKey(material, record.salt, `pin ${record.userId}`);
}

async function wrap(key: CryptoKey, secret: Uint8Array<ArrayBuffer>, what: string) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: 'AES-GCM', iv, additionalData: text.encode(what) };
  const cipher = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, secret));
  const wrapped = new Uint8Array(iv.length + cipher.length);
  wrapped.set(iv);
  wrapped.set(cipher, iv.length);
  return wrapped;
}

/** The secret, or nothing when the key does not fit. */
async function unwrap(key: CryptoKey, wrapped: Uint8Array<ArrayBuffer>, what: string) {
  const algorithm = { name: 'AES-GCM', iv: wrapped.subarray(0, 12), additionalData: text.encode(what) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, wrapped.subarray(12)));
  } catch {
    return undefined;
  }
}

/**
 * Keeps each user's data key under PIN and server share, counts wrong tries and the lease. The clock may be years off: it
 * only ever asks for a sign-in too early, or waits too long; it never opens anything.
 */
export class PinVault {
  private readonly shelf: VaultShelf;
  private readonly clock: () => Date;

  constructor(shelf: VaultShelf, clock: () => Date) {
    this.shelf = shelf;
    this.clock = clock;
  }

  /** Takes in what the server gave at a sign-in; the lease begins anew, wrong tries are forgotten. */
  async admit(greeting: Greeting): Promise<VaultRecord> {
    const { userId } = greeting;
    const known = await this.shelf.read(userId);
    const device = await this.shelf.deviceKey();
    const { isWiped, ...kept } = known ?? ({} as VaultRecord);
    const record: VaultRecord = {
      ...(isWiped ? {} : kept),
      userId,
      name: greeting.userName,
      salt: (isWiped ? undefined : known?.salt) ?? crypto.getRandomValues(new Uint8Array(16)),
      share: await wrap(device, bytesOf(greeting.share), `share ${userId}`),
      token: await wrap(device, text.encode(greeting.handOverToken), `token ${userId}`),
      lease: leaseFrom(this.clock(), greeting.leaseDays),
      wrongTries: 0,
      waitFrom: 0,
      waitSeconds: 0,
    };
    await this.shelf.write(record);
    return record;
  }

  /** Sets the first PIN, or a new one after a sign-in when the old is forgotten: the data stays. */
  async setPin(userId: string, pin: string, recovery: string): Promise<Opened> {
    const record = await this.shelf.read(userId);
    const share = record && (await this.shareOf(record));
    if (!record || !share) return { kind: 'needs-sign-in', why: 'first-time' };
    const rescue = await wrappingKey(bytesOf(recovery), record.salt, `recovery ${userId}`);
    const old = record.byRecovery && (await unwrap(rescue, record.byRecovery, `data ${userId}`));
    // A data key that cannot be recovered must not be replaced: what it sealed would be lost.
    if (record.byRecovery && !old) return { kind: 'needs-sign-in', why: 'share-lost' };
    const secret = old ?? crypto.getRandomValues(new Uint8Array(32));
    const byPin = await wrap(await keyOfPin(pin, share, record), secret, `data ${userId}`);
    const byRecovery = await wrap(rescue, secret, `data ${userId}`);
    await this.shelf.write({ ...record, byPin, byRecovery, wrongTries: 0, waitFrom: 0, waitSeconds: 0 });
    return { kind: 'opened', sealer: await sealerOf(secret, userId) };
  }

  async unlock(userId: string, pin: string): Promise<Opened> {
    const record = await this.shelf.read(userId);
    if (record?.isWiped) return { kind: 'wiped' };
    if (!record?.byPin) return { kind: 'needs-sign-in', why: 'first-time' };
    const now = this.clock().getTime();
    const waited = (now - record.waitFrom) / 1000;
    // A clock set back must not wait for years: the wait begins anew.
    const left = waited < 0 ? record.waitSeconds : record.waitSeconds - waited;
    if (waited < 0) await this.shelf.write({ ...record, waitFrom: now });
    if (left > 0) return { kind: 'wait', waitSeconds: Math.ceil(left) };
    const lease = leaseUsed(record.lease, this.clock());
    if (isLeaseOver(lease)) {
      const { share: _, ...rest } = record;
      await this.shelf.write({ ...rest, lease });
      return { kind: 'needs-sign-in', why: 'lease-over' };
    }
    const share = await this.shareOf(record);
    if (!share) return { kind: 'needs-sign-in', why: 'share-lost' };
    // Counted before it is tried: a phone switched off in between has not tried for nothing.
    const wrongTries = record.wrongTries + 1;
    const waitSeconds =
      wrongTries < freeTries ? 0 : Math.min(longestWait, 15 * 2 ** (wrongTries - freeTries));
    await this.shelf.write({ ...record, lease, wrongTries, waitFrom: now, waitSeconds });
    const secret = await unwrap(await keyOfPin(pin, share, record), record.byPin, `data ${userId}`);
    if (secret) {
      // On a full phone the try stays counted; whoever knows the PIN is let in all the same.
      await this.shelf
        .write({ ...record, lease, wrongTries: 0, waitFrom: 0, waitSeconds: 0 })
        .catch(unlessFull);
      return { kind: 'opened', sealer: await sealerOf(secret, userId) };
    }
    if (wrongTries < mostTries) return { kind: 'wrong-pin', waitSeconds };
    const { share: _, ...withoutShare } = record;
    await this.shelf.write({ ...withoutShare, lease, wrongTries: 0, waitFrom: 0, waitSeconds: 0 });
    return { kind: 'needs-sign-in', why: 'share-lost' };
  }

  /** With this the phone hands over what it holds when its user may no longer sign in. */
  async tokenOf(userId: string): Promise<string | undefined> {
    const record = await this.shelf.read(userId);
    if (!record?.token) return undefined;
    const token = await unwrap(await this.shelf.deviceKey(), record.token, `token ${userId}`);
    return token && new TextDecoder().decode(token);
  }

  /** The server's share, for what only the server is to open. */
  async share(userId: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const record = await this.shelf.read(userId);
    return record && this.shareOf(record);
  }

  /** The server was reached: the lease begins anew, with as many days as the county gives today. */
  async renew(userId: string, days?: number): Promise<void> {
    const record = await this.shelf.read(userId);
    if (record && !record.isWiped)
      await this.shelf
        .write({ ...record, lease: leaseFrom(this.clock(), days ?? record.lease.days) }, false)
        .catch(unlessFull);
  }

  /** Forgets every secret of this user. */
  async wiped(userId: string): Promise<void> {
    const record = await this.shelf.read(userId);
    if (!record) return;
    const { name, salt, lease } = record;
    const nothing = { wrongTries: 0, waitFrom: 0, waitSeconds: 0, isWiped: true as const };
    await this.shelf.write({ userId, name, salt, lease, ...nothing });
  }

  private async shareOf(record: VaultRecord): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return record.share && unwrap(await this.shelf.deviceKey(), record.share, `share ${record.userId}`);
  }
}

function unlessFull(error: unknown): void {
  if (!(error instanceof StorageFull)) throw error;
}

async function sealerOf(secret: Uint8Array<ArrayBuffer>, userId: string): Promise<AesSealer> {
  const key = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return new AesSealer(key, userId);
}
