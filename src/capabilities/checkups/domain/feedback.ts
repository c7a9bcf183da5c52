import type { AcceptedFinding } from './conclude-checkup.ts';

/** One line of the sheet the resident takes home. */
export interface FeedbackLine {
  readonly code: string;
  readonly urgent: boolean;
  readonly title: string;
  readonly plain: string;
  readonly advice: string;
}

const everyday: Readonly<Record<string, string>> = {
  '1': '戒烟：现在戒，什么时候都不晚；想戒又戒不掉，可以到卫生院找医生帮忙。',
  '2': '少喝酒：最好不喝；喝的话每天白酒不超过一两，不空腹喝。',
  '3': '吃得清淡：少盐、少油、少糖，多吃蔬菜和杂粮。',
  '4': '多活动：每周至少五天，每天快走半小时，量力而行。',
  '5': '减体重：饭吃七八分饱，慢慢减，一个月减一到两公斤就好。',
  '6': '打疫苗：可以到卫生院问问流感疫苗和肺炎疫苗。',
};

/** What the resident reads: the findings in plain words, heaviest first, then the everyday advice. */
export function writeFeedback(
  accepted: readonly AcceptedFinding[],
  riskControl: readonly string[],
): { lines: FeedbackLine[]; everyday: string[] } {
  return {
    lines: accepted.map((one) => ({
      code: one.code,
      urgent: one.level === 'urgent',
      title: one.written,
      plain: one.plain,
      advice: one.advice,
    })),
    everyday: riskControl.flatMap((code) => everyday[code] ?? []),
  };
}

/** Stands where no finding was taken over: that all is well is said only when nothing at all lies outside. */
export const nothingToSay = (isAnythingOutside: boolean): string =>
  isAnythingOutside
    ? '有项目不在参考范围，见下面的表；要不要紧、怎么办，请听医生说明。'
    : '这次检查的项目没有发现需要处理的异常，请继续保持。';
