import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { exacerbationLimits, oxygenLimits } from './copd-parameters.ts';

export interface CopdCareFacts {
  readonly pao2?: number | undefined;
  readonly sao2?: number | undefined;
  /** Both values confirmed twice over three weeks. */
  readonly confirmed?: boolean | undefined;
  readonly corPulmonale?: boolean | undefined;
  readonly haematocrit?: number | undefined;
  readonly lastInfluenzaOn?: PlainDate | undefined;
}

export interface CopdCare {
  readonly longTermOxygen: boolean | undefined;
  readonly influenzaDue: boolean;
}

/** Long-term oxygen and vaccination. Oxygen stays open without a blood gas or saturation. @source 慢阻肺基层诊疗指南 氧疗、疫苗 */
export function guideCopdCare(facts: CopdCareFacts, day: PlainDate): Decision<CopdCare> {
  const row = rowOn(oxygenLimits, day);
  const limit = row.value;
  const { pao2, sao2 } = facts;
  const reasons: Reason[] = [];
  const known = pao2 !== undefined || sao2 !== undefined;
  const low = (pao2 !== undefined && pao2 <= limit.pao2) || (sao2 !== undefined && sao2 <= limit.sao2);
  const borderline =
    (pao2 !== undefined && pao2 <= limit.pao2WithCor) || (sao2 !== undefined && sao2 <= limit.sao2WithCor);
  const strain = facts.corPulmonale === true || (facts.haematocrit ?? 0) > limit.haematocritAbove;
  const longTermOxygen = known ? (low && facts.confirmed !== false) || (borderline && strain) : undefined;
  if (longTermOxygen) reasons.push(because('oxygen', '符合长期家庭氧疗，每天15小时以上。'));
  const influenzaDue =
    !facts.lastInfluenzaOn || addMonths(facts.lastInfluenzaOn, limit.influenzaMonths) <= day;
  if (influenzaDue) reasons.push(because('influenza', '应接种流感疫苗（每年一次）。'));
  return decided(ruleFrom('COPD-07', row), { longTermOxygen, influenzaDue }, reasons);
}

export interface ExacerbationFacts {
  readonly worse?: boolean | undefined;
  readonly respiratoryRate?: number | undefined;
  readonly heartRate?: number | undefined;
  readonly spo2?: number | undefined;
  readonly usualSpo2?: number | undefined;
  readonly confusion?: boolean | undefined;
  readonly cyanosisOrOedema?: boolean | undefined;
  readonly acidosis?: boolean | undefined;
}

export type Exacerbation = 'mild' | 'moderate' | 'severe';

/** How severe an exacerbation is; one sign is enough, which is safer in a village. Undecided without rate and saturation. @source GOLD 报告 急性加重分级 */
export function triageExacerbation(facts: ExacerbationFacts, day: PlainDate): Decision<Exacerbation> {
  const row = rowOn(exacerbationLimits, day);
  const rule = ruleFrom('COPD-08', row);
  const { moderate, severe } = row.value;
  const { respiratoryRate: rr, heartRate: hr, spo2, usualSpo2 } = facts;
  const signs: Reason[] = [];
  if (facts.confusion) signs.push(because('confusion', '意识改变。'));
  if (facts.cyanosisOrOedema) signs.push(because('cyanosis', '新出现紫绀或水肿。'));
  if (facts.acidosis) signs.push(because('acidosis', '二氧化碳潴留或酸中毒。'));
  if (rr !== undefined && rr > severe.rrAbove) signs.push(because('rate', `呼吸 ${rr} 次/分。`));
  if (spo2 !== undefined && spo2 < severe.spo2Below) signs.push(because('saturation', `血氧 ${spo2}%。`));
  if (signs.length > 0)
    return decided(rule, 'severe', [...signs, because('call', '呼叫急救，氧疗目标88–92%。')]);
  if (rr === undefined || spo2 === undefined)
    return undecided(rule, [
      ...(rr === undefined ? ['呼吸频率'] : []),
      ...(spo2 === undefined ? ['血氧饱和度'] : []),
    ]);
  if (rr >= moderate.rr) signs.push(because('rate', `呼吸 ${rr} 次/分。`));
  if (hr !== undefined && hr >= moderate.hr) signs.push(because('heart', `心率 ${hr} 次/分。`));
  const drop = usualSpo2 === undefined ? 0 : usualSpo2 - spo2;
  if (
    drop > moderate.dropAbove ||
    (spo2 < moderate.spo2Below &&
      (usualSpo2 === undefined || drop > moderate.dropAbove || usualSpo2 >= moderate.spo2Below))
  )
    signs.push(because('saturation', `血氧 ${spo2}%。`));
  return signs.length > 0
    ? decided(rule, 'moderate', [...signs, because('same-day', '当日就诊，48小时无好转转诊。')])
    : decided(rule, 'mild', [because('mild', '加用短效支气管舒张剂，48–72小时内联系。')]);
}
