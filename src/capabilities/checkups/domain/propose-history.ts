import { type FormAnswers, rowsOf } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';

/** A disease a checkup found that the past history does not have yet, as a row of 既往史·疾病. */
export interface HistoryProposal {
  /** Item and code of the checkup sheet: `probHeart:2`. */
  readonly key: string;
  readonly label: string;
  readonly row: { readonly code: string; readonly diagnosedYm: string; readonly text: string };
}

interface Problem {
  readonly label: string;
  /** Code of 既往史·疾病. */
  readonly code: '4' | '7' | '13';
}

const other = (label: string): Problem => ({ label, code: '13' });

/**
 * 现存主要健康问题 of the checkup sheet and where each belongs in the past history. 心前区疼痛 is a complaint, no disease.
 * A transient attack is no stroke of the list.
 */
const problems: Readonly<Record<string, Readonly<Record<string, Problem>>>> = {
  probCerebro: {
    '2': { label: '缺血性卒中', code: '7' },
    '3': { label: '脑出血', code: '7' },
    '4': { label: '蛛网膜下腔出血', code: '7' },
    '5': other('短暂性脑缺血发作'),
  },
  probKidney: {
    '2': other('糖尿病肾病'),
    '3': other('肾功能衰竭'),
    '4': other('急性肾炎'),
    '5': other('慢性肾炎'),
  },
  probHeart: {
    '2': { label: '心肌梗死', code: '4' },
    '3': { label: '心绞痛', code: '4' },
    '4': { label: '冠状动脉血运重建', code: '4' },
    '5': other('充血性心力衰竭'),
  },
  probVessel: { '2': other('夹层动脉瘤'), '3': other('动脉闭塞性疾病') },
  probEye: { '2': other('视网膜出血或渗出'), '3': other('视乳头水肿'), '4': other('白内障') },
};
/** Items whose last option is told in words. */
const inWords: Readonly<Record<string, string>> = {
  probCerebro: '6',
  probKidney: '6',
  probHeart: '7',
  probVessel: '4',
  probEye: '5',
  probNeuro: '2',
  probOther: '2',
};
const longestText = 100;

/** The sheet has six lines for past diseases; the archive keeps more. */
export const mostPastDiseases = 15;

/** The rows of 既往史·疾病; “无” is no row. */
export function pastDiseaseRows(personal: FormAnswers): readonly FormAnswers[] {
  return rowsOf(personal.pastDiseases).filter((row) => row.code !== undefined && String(row.code) !== '1');
}

/**
 * Diseases of a checkup that the past history lacks, to be confirmed by a doctor: an own code of the list once, whatever
 * its kind; any other by its name. The month is the checkup's, the name says that it comes from there.
 * @source 国家基本公共卫生服务规范（第三版） 健康体检表 现存主要健康问题
 */
export function proposeHistory(
  checkup: FormAnswers,
  personal: FormAnswers,
  occurredOn: PlainDate,
): readonly HistoryProposal[] {
  const known = pastDiseaseRows(personal);
  const hasCode = (code: string) => known.some((row) => String(row.code) === code);
  const isNamed = (label: string) => known.some((row) => String(row.text ?? '').includes(label));
  const found: HistoryProposal[] = [];
  const propose = (key: string, { label, code }: Problem) => {
    if (code === '13' ? isNamed(label) : hasCode(code) || found.some((one) => one.row.code === code)) return;
    const text = `${label}（${occurredOn} 健康体检）`;
    found.push({ key, label, row: { code, diagnosedYm: occurredOn.slice(0, 7), text } });
  };
  for (const [item, words] of Object.entries(inWords)) {
    const answer = checkup[item];
    const codes = (Array.isArray(answer) ? answer : [answer]).map((one) => String(one ?? ''));
    for (const code of codes) {
      const problem = problems[item]?.[code];
      if (problem) propose(`${item}:${code}`, problem);
      else if (code === words) {
        const said = String(checkup[`${item}Text`] ?? '').trim();
        if (said !== '') propose(`${item}:${code}`, other(said.slice(0, longestText - 30)));
      }
    }
  }
  return found;
}
