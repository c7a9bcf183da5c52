export type Severity = 'X' | 'D' | 'C' | 'B';

/** What a severity asks of the prescriber. */
export const severityLabels: Readonly<Record<Severity, string>> = {
  X: '禁用，必须更换',
  D: '避免，须医生说明理由',
  C: '监测或调整剂量',
  B: '告知',
};

export interface MedicineWarning {
  readonly ruleId: string;
  readonly severity: Severity;
  /** Chinese names of the medicines it is about. */
  readonly medicines: readonly string[];
  readonly effect: string;
  readonly action: string;
  /** Not known, and could make it worse. */
  readonly needs: readonly string[];
}

/** Nothing is known to be wrong; only a fact is lacking by which it could be judged. */
export const isUndecided = (warning: MedicineWarning): boolean =>
  warning.severity === 'B' && warning.needs.length > 0;
