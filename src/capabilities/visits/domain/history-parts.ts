/** What a history asks, in the order it is asked. */
export const historyParts = {
  complaint: '主诉与症状',
  past: '既往史',
  family: '家族史',
  medicines: '用药与不良反应',
  living: '生活方式',
} as const;
export type HistoryPart = keyof typeof historyParts;
export type History = Readonly<Partial<Record<HistoryPart, string | undefined>>>;

const order = Object.keys(historyParts) as HistoryPart[];

/** The history in one line: 主诉与症状：头晕；家族史：父亲高血压. */
export function printHistory(history: History): string {
  return order
    .filter((one) => (history[one] ?? '').trim() !== '')
    .map((one) => `${historyParts[one]}：${(history[one] ?? '').trim()}`)
    .join('；');
}
