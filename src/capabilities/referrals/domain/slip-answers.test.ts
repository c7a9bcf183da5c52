import { describe, expect, it } from 'vitest';
import { backSlip, outSlip } from './slip-answers.ts';

const sent = {
  name: '李秀英',
  sex: '2',
  ageYears: 64,
  fromName: '大槐树村卫生室',
  backToName: null,
  isFound: false,
  toName: '青禾镇中心卫生院',
  toDepartment: '全科',
  requestedByName: '王守义',
  urgency: 'soon',
  reason: '连续两次控制不满意',
  firstHandling: '嘱限盐',
  summary: {
    conditions: ['高血压'],
    readings: [{ label: '收缩压', value: 152, unit: 'mmHg', on: '2026-11-20' }],
    medicines: ['氨氯地平 每日 5 mg', '缬沙坦 每日 80 mg'],
  },
};

describe('the slip that goes with a referral', () => {
  it('says what was done and what is taken, and begins with the medicines where nothing was done yet', () => {
    const { treatment, presentIllness, urgency } = outSlip(sent, '2026-11-24');
    expect(treatment).toBe('嘱限盐；氨氯地平 每日 5 mg；缬沙坦 每日 80 mg');
    expect(presentIllness).toBe('连续两次控制不满意；收缩压 152 mmHg（2026-11-20）');
    expect(urgency).toBe('2');
    const untreated = outSlip({ ...sent, firstHandling: '' }, '2026-11-24');
    expect(untreated.treatment).toBe('氨氯地平 每日 5 mg；缬沙坦 每日 80 mg');
  });

  it('comes back to who sent the person, or to the house named instead, whose doctor is known once taken on', () => {
    expect(backSlip(sent, {}, undefined)).toMatchObject({ toOrg: '大槐树村卫生室', toDoctor: '王守义' });
    const elsewhere = { ...sent, backToName: '前进村卫生室' };
    expect(backSlip(elsewhere, {}, undefined)).toMatchObject({ toOrg: '前进村卫生室', toDoctor: '' });
    expect(backSlip(elsewhere, {}, '赵永红')).toMatchObject({ toDoctor: '赵永红' });
  });

  it('goes with whom the hospital found to the house they wish for', () => {
    const found = { ...sent, isFound: true, fromName: '全程县人民医院', toName: '大槐树村卫生室' };
    expect(backSlip(found, {}, undefined)).toMatchObject({
      fromOrg: '全程县人民医院',
      toOrg: '大槐树村卫生室',
      toDoctor: '',
    });
  });
});
