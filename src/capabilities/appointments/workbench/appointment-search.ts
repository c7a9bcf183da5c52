import { type SlotKind, slotKindLabels } from '../domain/plan-slots.ts';

/** What the booking screen is asked to show, as its address carries it. */
export interface AppointmentSearch {
  readonly day?: string | undefined;
  readonly kind?: SlotKind | undefined;
  readonly residentId?: string | undefined;
  readonly change?: string | undefined;
  readonly slotId?: string | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readAppointmentSearch(search: Record<string, unknown>): AppointmentSearch {
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  const day = text('day');
  const kind = text('kind');
  return {
    day: day && /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined,
    kind: kind && kind in slotKindLabels ? (kind as SlotKind) : undefined,
    residentId: text('residentId'),
    change: text('change'),
    slotId: text('slotId'),
  };
}
