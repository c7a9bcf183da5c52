import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { proposeHistory } from './propose-history.ts';

const day = plainDate('2026-11-24');
const rows = (checkup: object, personal: object = {}) =>
  proposeHistory({ ...checkup }, { ...personal }, day).map((one) => [one.key, one.row.code, one.row.text]);

describe('diseases a checkup found', () => {
  it('become rows of the past history with their month and where they come from', () => {
    expect(proposeHistory({ probHeart: ['2'] }, {}, day)).toEqual([
      {
        key: 'probHeart:2',
        label: '心肌梗死',
        row: { code: '4', diagnosedYm: '2026-11', text: '心肌梗死（2026-11-24 健康体检）' },
      },
    ]);
    expect(rows({ probEye: ['4'], probCerebro: ['3', '5'] })).toEqual([
      ['probCerebro:3', '7', '脑出血（2026-11-24 健康体检）'],
      ['probCerebro:5', '13', '短暂性脑缺血发作（2026-11-24 健康体检）'],
      ['probEye:4', '13', '白内障（2026-11-24 健康体检）'],
    ]);
  });
  it('are told in words where the sheet asks for words, and not without them', () => {
    expect(rows({ probNeuro: '2', probNeuroText: ' 帕金森病 ' })).toEqual([
      ['probNeuro:2', '13', '帕金森病（2026-11-24 健康体检）'],
    ]);
    expect(rows({ probOther: '2' })).toEqual([]);
  });
  it('are nothing new when the history has them: a code of its own whatever its kind, another by its name', () => {
    const history = { pastDiseases: [{ code: '7' }, { code: '13', text: '老年性白内障' }] };
    expect(rows({ probCerebro: ['2'], probEye: ['4'] }, history)).toEqual([]);
    expect(rows({ probHeart: ['3'], probEye: ['2'] }, history)).toHaveLength(2);
    expect(rows({ probHeart: ['2', '3'] })).toHaveLength(1);
  });
  it('are none when nothing was found, “no past disease” stood there, or it is a complaint', () => {
    expect(rows({ probHeart: ['1'], probNeuro: '1' })).toEqual([]);
    expect(rows({ probHeart: ['6'] })).toEqual([]);
    expect(rows({ probHeart: ['5'] }, { pastDiseases: [{ code: '1' }] })).toHaveLength(1);
  });
});
