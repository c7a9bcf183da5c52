import { parseId } from '#kernel/ids.ts';
import { type FigureSide, figureSides } from '../domain/referral-figures.ts';
import { periodShape } from '../domain/referral-period.ts';

/** Which figures the address names: of a place, a side and a period. */
export interface FiguresSearch {
  readonly organizationId?: string;
  readonly side?: FigureSide;
  readonly period?: string;
}

/** Reads the address of the figures; what is not one of its words is left out. */
export function readFiguresSearch(search: Record<string, unknown>): FiguresSearch {
  const id = typeof search.organizationId === 'string' ? parseId(search.organizationId) : undefined;
  const side = figureSides.find((one) => one === search.side);
  // The router reads a bare year as a number.
  const period = String(search.period ?? '');
  return {
    ...(id === undefined ? {} : { organizationId: id }),
    ...(side === undefined ? {} : { side }),
    ...(periodShape.test(period) ? { period } : {}),
  };
}
