import { addDays, daysBetween, earlierOf, type PlainDate } from '#kernel/plain-date.ts';
import type { PackageItem } from './service-package.ts';

/** A piece of real work as evidence of a service: a filed sheet, a visit, a plan. */
export interface DeliveredService {
  readonly recordId: string;
  readonly form: string;
  readonly on: PlainDate;
  /** The visit or slot it belongs to, to open it by. */
  readonly contextId?: string | null;
}

export interface ItemDelivery {
  readonly packageName: string;
  readonly code: string;
  readonly label: string;
  /** Times promised over the term. */
  readonly planned: number;
  readonly done: number;
  readonly services: readonly DeliveredService[];
  /** Day by which the first should be done. */
  readonly firstDueOn: PlainDate;
  /** Day by which the next should be done; null when all are. */
  readonly nextDueOn: PlainDate | null;
  readonly isOverdue: boolean;
}

/** Days of a contract year. */
const yearDays = 365;

/**
 * What of a contract's promises is done: every real service of the term credits the items it delivers, at most as often
 * as promised, oldest first. The promised times are spread evenly over the term; the next is due at its share.
 */
export function creditServices(
  contract: { readonly validFrom: PlainDate; readonly validTo: PlainDate },
  packages: readonly { readonly name: string; readonly items: readonly PackageItem[] }[],
  services: readonly DeliveredService[],
  today: PlainDate,
): ItemDelivery[] {
  const days = Math.max(1, daysBetween(contract.validFrom, contract.validTo));
  const inTerm = services
    .filter((one) => one.on >= contract.validFrom && one.on <= contract.validTo && one.on <= today)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const items = new Map<string, { packageName: string; item: PackageItem }>();
  // The same service of two packages is promised once, as often as the larger promise.
  for (const { name, items: own } of packages)
    for (const item of own) {
      const key = item.forms.toSorted().join();
      const known = items.get(key);
      if (!known || known.item.timesPerYear < item.timesPerYear) items.set(key, { packageName: name, item });
    }
  return [...items.values()].map(({ packageName, item }) => {
    const planned = Math.max(1, Math.round((item.timesPerYear * days) / yearDays));
    const found = inTerm.filter((one) => item.forms.includes(one.form)).slice(0, planned);
    const done = found.length;
    const dueOn = (time: number) => addDays(contract.validFrom, Math.round((days * time) / planned));
    const nextDueOn = done >= planned ? null : dueOn(done + 1);
    return {
      packageName,
      code: item.code,
      label: item.label,
      planned,
      done,
      services: found,
      firstDueOn: dueOn(1),
      nextDueOn,
      isOverdue: nextDueOn !== null && nextDueOn < today,
    };
  });
}

/** A contract's promises in four figures; they change with a service, not with the day. */
export interface DeliverySummary {
  readonly planned: number;
  readonly done: number;
  readonly firstDueOn: PlainDate | null;
  readonly nextDueOn: PlainDate | null;
}

/** Sums a contract's items up: how much is promised and done, the first day something is due, and the next. */
export function summariseDeliveries(deliveries: readonly ItemDelivery[]): DeliverySummary {
  const earliest = (days: readonly (PlainDate | null)[]) =>
    days.reduce((first, day) => (first === null ? day : day === null ? first : earlierOf(first, day)), null);
  return {
    planned: deliveries.reduce((sum, one) => sum + one.planned, 0),
    done: deliveries.reduce((sum, one) => sum + one.done, 0),
    firstDueOn: earliest(deliveries.map((one) => one.firstDueOn)),
    nextDueOn: earliest(deliveries.map((one) => one.nextDueOn)),
  };
}
