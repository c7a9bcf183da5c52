import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { anginaLimits, heartRanges } from './heart-parameters.ts';

export interface AnginaFacts {
  readonly restAngina?: boolean | undefined;
  /** Class by the Canadian Cardiovascular Society, 0 without angina. */
  readonly ccsNow?: number | undefined;
  readonly ccsBefore?: number | undefined;
  /** Attacks have become more frequent. */
  readonly moreFrequent?: boolean | undefined;
  /** Days since class or frequency changed; asked only when one did. */
  readonly daysSinceWorse?: number | undefined;
  /** Longest attack since the last visit, 0 without. */
  readonly longestPainMinutes?: number | undefined;
  readonly relievedByOneNitrate?: boolean | undefined;
  readonly syncope?: boolean | undefined;
  readonly newHeartFailureSigns?: boolean | undefined;
  readonly bleeding?: boolean | undefined;
  readonly plannedSurgery?: boolean | undefined;
  /** On two antiplatelets now. */
  readonly dualAntiplatelet?: boolean | undefined;
}

export type AnginaTriage = 'emergency' | 'refer' | 'none';

/**
 * How soon a person with coronary disease must be seen higher up. Emergency: angina at rest, newly severe or more
 * frequent within two months, or long pain one nitrate does not end. Refer: syncope, new failure, bleeding or surgery
 * on two antiplatelets. An answer that is missing beside a warning sign is taken as the worse one; "none" needs all.
 * @source 稳定性冠心病基层管理（待临床专家核对）
 */
export function triageAngina(facts: AnginaFacts, day: PlainDate): Decision<AnginaTriage> {
  const row = rowOn(anginaLimits, day);
  const rule = { id: 'CHD-01-angina', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { painMinutes, worseDays, severeClass } = row.value;
  const ranges = valueOn(heartRanges, day);
  const { ccsNow, ccsBefore, longestPainMinutes: pain, daysSinceWorse: days } = facts;
  const severe =
    isWithin(ccsNow, ranges.ccs) &&
    ccsNow >= severeClass &&
    !(isWithin(ccsBefore, ranges.ccs) && ccsBefore >= ccsNow);
  const worse = severe || facts.moreFrequent === true;
  const emergencies: Reason[] = [];
  if (facts.restAngina) emergencies.push({ code: 'rest-angina', text: '静息时发作心绞痛，立即转诊。' });
  if (worse && !(isWithin(days, ranges.days) && days > worseDays)) {
    const how = severe ? `心绞痛新达到 ${ccsNow} 级` : '心绞痛发作变频';
    const when = isWithin(days, ranges.days) ? `，已 ${days} 天` : '，开始时间不清按近期处理';
    emergencies.push({ code: 'crescendo', text: `${how}${when}，立即转诊。` });
  }
  if (isWithin(pain, ranges.minutes) && pain > painMinutes && facts.relievedByOneNitrate !== true)
    emergencies.push({
      code: 'long-pain',
      text: `胸痛 ${pain} 分钟，超过 ${painMinutes} 分钟，一次硝酸甘油${facts.relievedByOneNitrate === false ? '未缓解' : '后是否缓解不清'}，立即拨打120。`,
    });
  const referrals: Reason[] = [];
  if (facts.syncope) referrals.push({ code: 'syncope', text: '有晕厥，转诊。' });
  if (facts.newHeartFailureSigns)
    referrals.push({ code: 'heart-failure', text: '新出现心力衰竭表现，转诊。' });
  const dual = facts.dualAntiplatelet !== false;
  if (facts.bleeding && dual) referrals.push({ code: 'bleeding', text: '双联抗血小板期间出血，转诊。' });
  if (facts.plannedSurgery && dual)
    referrals.push({ code: 'surgery', text: '双联抗血小板期间拟手术，先转诊，不自行停药。' });
  if (emergencies.length > 0) return decided(rule, 'emergency', [...emergencies, ...referrals]);
  if (referrals.length > 0) return decided(rule, 'refer', referrals);
  const missing = [
    ...lackingAnswers([[facts.restAngina, '有无静息心绞痛']]),
    ...lackingFigures([
      [ccsNow, ranges.ccs],
      [pain, ranges.minutes],
    ]),
    ...lackingAnswers([
      [facts.moreFrequent, '发作是否变频'],
      [facts.syncope, '晕厥'],
      [facts.newHeartFailureSigns, '新出现的心力衰竭表现'],
      [facts.bleeding, '出血'],
      [facts.plannedSurgery, '是否拟手术'],
    ]),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  return decided(rule, 'none', [{ code: 'stable', text: '心绞痛稳定，没有需要转诊的情况。' }]);
}
