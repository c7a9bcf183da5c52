import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStorage } from '#test/simulation/memory-storage.ts';
import { Outbox, type OutboxEntry } from './outbox.ts';
import type { Sealer } from './storage.ts';

interface Typed {
  readonly operationId: string;
  readonly kind: string;
  readonly residentId: string;
  readonly body: { readonly after?: string };
}

const open: Sealer = { seal: async (_, value) => value, open: async (_, stored) => stored };
const typed = (operationId: string, after?: string, residentId = 'p1'): Typed => ({
  operationId,
  kind: 'any',
  residentId,
  body: after === undefined ? {} : { after },
});
const model = { hangsOn: (one: Typed, other: Typed) => one.body.after === other.operationId };

let outbox: Outbox<Typed>;
beforeEach(async () => {
  outbox = new Outbox<Typed>(new MemoryStorage(), open);
  await outbox.load();
});

async function type(...operations: Typed[]): Promise<void> {
  const { done } = await outbox.prepareNew(operations, { savedAt: '2026-11-27T08:00:00Z' });
  done();
}
async function become(operationId: string, state: OutboxEntry<Typed>['state']): Promise<void> {
  const entry = outbox.get(operationId);
  if (!entry) throw new Error(operationId);
  (await outbox.prepare([{ ...entry, state }])).done();
}
const goes = () => outbox.sendable(new Set(), new Set(), model).map(({ operation }) => operation.operationId);

describe('what goes after something else', () => {
  it('goes in one call with it while it stands behind it', async () => {
    await type(typed('visit'), typed('referral', 'visit'), typed('step', 'referral'));
    expect(goes()).toEqual(['visit', 'referral', 'step']);
  });

  it('waits, and what goes after it too, when that was mended and stands behind it now', async () => {
    await type(
      typed('visit'),
      typed('referral', 'visit'),
      typed('step', 'referral'),
      typed('other', undefined, 'p2'),
    );
    await become('visit', 'needs-you');
    const refused = outbox.get('visit');
    if (!refused) throw new Error('visit');
    const { done } = await outbox.prepareDecided(refused, { ...refused, state: 'saved-on-phone' }, 'last');
    done();
    expect(goes()).toEqual(['other', 'visit']);
    await become('visit', 'sent');
    expect(goes()).toEqual(['referral', 'step', 'other']);
  });

  it('does not wait for what was refused: an emergency does not wait for a form', async () => {
    await type(typed('visit'), typed('referral', 'visit'));
    await become('visit', 'needs-you');
    expect(goes()).toEqual(['referral']);
  });

  it('waits with everything of the person while something before it is put off', async () => {
    await type(typed('visit'), typed('referral', 'visit'));
    expect(outbox.sendable(new Set(), new Set(['visit']), model)).toEqual([]);
  });
});
