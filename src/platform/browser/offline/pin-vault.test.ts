import { describe, expect, it } from 'vitest';
import { type Greeting, PinVault, type VaultRecord, type VaultShelf } from './pin-vault.ts';
import type { AesSealer } from './seal.ts';

const day = 86_400_000;

class MemoryShelf implements VaultShelf {
  readonly records = new Map<string, VaultRecord>();
  private readonly key = crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  read = async (userId: string) => this.records.get(userId);
  list = async () => [...this.records.values()];
  write = async (record: VaultRecord) => void this.records.set(record.userId, record);
  deviceKey = () => this.key;
}

const secret = (seed: number) => btoa(String.fromCharCode(...new Uint8Array(32).fill(seed)));
const greetingOf = (userId: string, seed = 1): Greeting => ({
  userId,
  userName: '王守义',
  share: secret(seed),
  recovery: secret(seed + 100),
  handOverToken: `token of ${userId}`,
  leaseDays: 35,
});

async function phoneOf(...users: string[]) {
  const shelf = new MemoryShelf();
  const time = { now: Date.UTC(2026, 10, 24) };
  const vault = new PinVault(shelf, () => new Date(time.now));
  const sealers = new Map<string, AesSealer>();
  for (const [at, user] of users.entries()) {
    await vault.admit(greetingOf(user, at + 1));
    const opened = await vault.setPin(user, `12340${at}`, greetingOf(user, at + 1).recovery);
    if (opened.kind === 'opened') sealers.set(user, opened.sealer);
  }
  return { shelf, vault, time, sealers };
}

describe('the lock of a phone', () => {
  it('opens with the right PIN, and what was sealed before opens again', async () => {
    const { vault, sealers } = await phoneOf('wang');
    const sealed = await sealers.get('wang')?.seal('outbox/1', { sbp: 168, note: '头晕'.repeat(400) });
    const opened = await vault.unlock('wang', '123400');
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect(await opened.sealer.open('outbox/1', sealed)).toEqual({ sbp: 168, note: '头晕'.repeat(400) });
    await expect(opened.sealer.open('outbox/2', sealed), 'moved to another place').rejects.toThrow();
    opened.sealer.forget();
    await expect(opened.sealer.open('outbox/1', sealed), 'after locking').rejects.toThrow('locked');
  });

  it('keeps two users of one phone apart: neither PIN nor key of one opens the other', async () => {
    const { vault, sealers } = await phoneOf('wang', 'chen');
    expect((await vault.unlock('chen', '123400')).kind).toBe('wrong-pin');
    const sealed = await sealers.get('wang')?.seal('pages/1', ['a patient']);
    await expect(sealers.get('chen')?.open('pages/1', sealed)).rejects.toThrow();
  });

  it('lets wait longer after each wrong PIN, and after ten asks for a sign-in; the data stays', async () => {
    const { vault, time, sealers } = await phoneOf('wang');
    const sealed = await sealers.get('wang')?.seal('outbox/1', 'typed');
    const answers: string[] = [];
    for (let n = 1; n <= 10; n++) {
      const answer = await vault.unlock('wang', '000000');
      answers.push('waitSeconds' in answer ? `${answer.kind} ${answer.waitSeconds}` : answer.kind);
      if (n === 4) expect(await vault.unlock('wang', '123400')).toEqual({ kind: 'wait', waitSeconds: 30 });
      time.now += 901_000;
    }
    expect(answers).toEqual([
      'wrong-pin 0',
      'wrong-pin 0',
      'wrong-pin 15',
      'wrong-pin 30',
      'wrong-pin 60',
      'wrong-pin 120',
      'wrong-pin 240',
      'wrong-pin 480',
      'wrong-pin 900',
      'needs-sign-in',
    ]);
    expect(await vault.unlock('wang', '123400')).toEqual({ kind: 'needs-sign-in', why: 'share-lost' });
    await vault.admit(greetingOf('wang'));
    const opened = await vault.unlock('wang', '123400');
    expect(opened.kind === 'opened' && (await opened.sealer.open('outbox/1', sealed))).toBe('typed');
  });

  it('sets a new PIN after a sign-in when the old is forgotten, and only with the server’s recovery secret', async () => {
    const { vault, sealers } = await phoneOf('wang');
    const sealed = await sealers.get('wang')?.seal('outbox/1', 'typed');
    expect(await vault.setPin('wang', '777777', secret(9))).toEqual({
      kind: 'needs-sign-in',
      why: 'share-lost',
    });
    const opened = await vault.setPin('wang', '777777', greetingOf('wang').recovery);
    expect(opened.kind === 'opened' && (await opened.sealer.open('outbox/1', sealed))).toBe('typed');
    expect((await vault.unlock('wang', '123400')).kind).toBe('wrong-pin');
  });

  it('asks for a sign-in after 35 days without contact; contact begins the days anew', async () => {
    const { vault, time } = await phoneOf('wang');
    time.now += 34 * day;
    expect((await vault.unlock('wang', '123400')).kind).toBe('opened');
    await vault.renew('wang');
    time.now += 34 * day;
    expect((await vault.unlock('wang', '123400')).kind).toBe('opened');
    time.now += 2 * day;
    expect(await vault.unlock('wang', '123400')).toEqual({ kind: 'needs-sign-in', why: 'lease-over' });
    await vault.admit(greetingOf('wang'));
    expect((await vault.unlock('wang', '123400')).kind).toBe('opened');
  });

  it.each([
    ['ten years ahead', 3652],
    ['ten years back', -3652],
    ['a day back', -1],
  ])('a clock %s keeps nobody out and lets nobody in', async (_name, days) => {
    const { vault, time } = await phoneOf('wang');
    for (let n = 0; n < 3; n++) await vault.unlock('wang', '000000');
    time.now += days * day;
    const early = await vault.unlock('wang', '123400');
    if (days < 0) expect(early).toEqual({ kind: 'wait', waitSeconds: 15 });
    time.now += 31_000;
    expect((await vault.unlock('wang', '123400')).kind).toBe('opened');
    expect((await vault.unlock('wang', '000000')).kind).toBe('wrong-pin');
  });

  it('holds no share in the clear, and nothing at all once wiped', async () => {
    const { vault, shelf } = await phoneOf('wang');
    const stored = JSON.stringify([...shelf.records.values()].map((one) => Object.values(one).map(String)));
    expect(stored).not.toContain(String(new Uint8Array(32).fill(1)));
    expect(await vault.tokenOf('wang')).toBe('token of wang');
    await vault.wiped('wang');
    expect(await vault.unlock('wang', '123400')).toEqual({ kind: 'wiped' });
    const record = shelf.records.get('wang');
    expect([record?.byPin, record?.byRecovery, record?.share, record?.token]).toEqual(
      Array(4).fill(undefined),
    );
    await vault.admit(greetingOf('wang', 5));
    expect(await vault.unlock('wang', '123400')).toEqual({ kind: 'needs-sign-in', why: 'first-time' });
  });
});
