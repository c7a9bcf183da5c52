import type { Figure, Figures } from '../contract.ts';

/** A figure of an organization, opened to see its people. */
export interface OpenFigure {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly figure: Figure;
}

/** A figure as a share of the people managed, as it is printed. */
export function rate(figures: Figures, figure: Figure): string {
  return figures.managed === 0 ? '无数据' : `${((figures[figure] / figures.managed) * 100).toFixed(1)}%`;
}

/** The same as a number to sort and draw by; nobody managed counts as nought. */
export function ratio(figures: Figures, figure: Figure): number {
  return figures.managed === 0 ? 0 : figures[figure] / figures.managed;
}
