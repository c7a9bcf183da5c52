import type { EndpointResponse } from '#standards/endpoint.ts';
import {
  type FigureSide,
  type ReferralCount,
  type ReferralFigure,
  rateFigures,
  type TimedFigure,
} from '../domain/referral-figures.ts';
import type { showReferralFigures } from '../figures-contract.ts';

export type FiguresPage = EndpointResponse<typeof showReferralFigures>;
/** A place with its figures. */
export type FiguresPlace = Pick<FiguresPage['children'][number], 'id' | 'name' | 'counts' | 'medians'>;

/** A figure of a place, opened to see its referrals. */
export interface OpenReferrals {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly figure: ReferralFigure;
  readonly side: FigureSide;
  readonly period: string;
}

export const sideLabels: Readonly<Record<FigureSide, string>> = {
  managed: '辖区居民的',
  received: '本院收到的',
  sent: '本院发出的',
};

/** A share as it is printed; of nothing there is none. */
export const printShare = (count: ReferralCount | undefined): string =>
  !count || count.of === 0 ? '—' : `${((count.in / count.of) * 100).toFixed(1)}%`;

/** The same as a number to sort and draw by; undefined where there is none. */
export const shareOf = (count: ReferralCount | undefined): number | undefined =>
  !count || count.of === 0 ? undefined : count.in / count.of;

const isRate = (figure: ReferralFigure) => rateFigures.includes(figure);

/** A figure as it stands in large letters: a rate as a share, others as a number. */
export const printFigure = (figure: ReferralFigure, count: ReferralCount | undefined): string =>
  isRate(figure) ? printShare(count) : String(count?.in ?? 0);

/** What it is of, in small letters; nothing for a plain number. */
export const noteOf = (
  figure: ReferralFigure,
  count: ReferralCount | undefined,
  hasDenominator: boolean,
): string => {
  const { in: inside, of } = count ?? { in: 0, of: 0 };
  if (isRate(figure)) return `${inside} / ${of} 份`;
  return hasDenominator ? `共 ${of} 份，占 ${printShare(count)}` : '份';
};

const [hour, day] = [60, 1440];

/** The middle time of those in a figure, short enough for a large letter: minutes, then hours, then days. */
export function printMedian(medians: FiguresPlace['medians'], figure: TimedFigure): string {
  const minutes = medians[figure];
  if (minutes === null) return '—';
  if (minutes < hour) return `${minutes} 分钟`;
  return minutes < 2 * day ? `${(minutes / hour).toFixed(1)} 小时` : `${(minutes / day).toFixed(1)} 天`;
}
