export type Status = 'active' | 'dead' | 'moved' | 'lost' | 'closed';

export interface Program {
  enrolledOn: string;
  closedOn: string | null;
}

/** What the model knows of one record. */
export interface Life {
  readonly id: string;
  readonly idNo: string;
  status: Status;
  statusOn: string | undefined;
  village: number;
  /** Every time of being managed, in the order they were opened. */
  programs: Program[];
  /** Current sheets of visits face to face. */
  visits: { id: string; on: string }[];
  /** Endings not taken back, the last one last, with what they ended. */
  endings: {
    eventId: string;
    kind: string;
    programs: Program[];
    status: Status;
    statusOn?: string;
  }[];
}

export interface Model {
  readonly people: (Life | undefined)[];
  readonly merges: { id: string; kept: number; removed: number }[];
}

/** The time that is open, else the one that began last. */
export const programOf = ({ programs }: Life) =>
  programs.find((one) => one.closedOn === null) ??
  programs.reduce<Program | undefined>((a, b) => (a && a.enrolledOn > b.enrolledOn ? a : b), undefined);

export const isOpen = (life: Life) => programOf(life)?.closedOn === null;

/** Whether a visit of that day may stand. */
export function visitFits(life: Life, on: string): boolean {
  const program = programOf(life);
  if (!program || on < program.enrolledOn) return false;
  if (program.closedOn !== null && on > program.closedOn) return false;
  return !(life.status === 'dead' && life.statusOn !== undefined && on > life.statusOn);
}
