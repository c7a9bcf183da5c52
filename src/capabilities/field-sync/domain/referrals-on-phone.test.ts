import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { applyOnPhone } from './apply-on-phone.ts';
import type { FieldOperation, FieldOperationBodies } from './field-operation.ts';
import { goesAfter } from './goes-after.ts';
import { listToday } from './list-today.ts';
import {
  completeDocument,
  type PersonDocument,
  type PhoneProgramState,
  type PhoneTask,
} from './person-document.ts';
import { lineOf, packLine, unpackLine } from './person-index.ts';
import type { PhoneReferral } from './phone-referral.ts';
import {
  adviceToRefer,
  deedsOnPhone,
  followUpAfterReturn,
  referralToPropose,
  underWayOf,
  waitingReferral,
} from './referrals-on-phone.ts';

const today = plainDate('2026-11-24');
const [village, township] = ['v1', 't1'];
const sent: PhoneReferral = {
  id: 'r1',
  fromId: village,
  toId: township,
  toName: '城关卫生院',
  toDepartment: '全科',
  urgency: 'soon',
  reason: '连续两次控制不满意',
  state: 'requested',
  version: 1,
  at: '2026-11-20T02:00:00.000Z',
};
const person: PersonDocument = completeDocument({
  id: 'p1',
  name: '王秀英',
  sex: '2',
  birthDate: plainDate('1955-03-02'),
  organizationId: village,
});
const withOne = (more: Partial<PhoneReferral> = {}): PersonDocument => ({
  ...person,
  referrals: [{ ...sent, ...more }],
});

const asked: FieldOperationBodies['referral.send'] = {
  referralId: 'r2',
  toOrganizationId: township,
  toDepartment: '全科',
  urgency: 'emergency',
  reason: '收缩压 196',
  firstHandling: '平卧',
  followUpId: 'visit-1',
};
const operation = (kind: FieldOperation['kind'], body: object) =>
  ({ operationId: 'o1', kind, residentId: 'p1', body }) as FieldOperation;
const left = (of: PersonDocument, kind: FieldOperation['kind'], body: object) => {
  const now = applyOnPhone(of, operation(kind, body));
  if (!now) throw new Error('nobody');
  return now;
};

describe('a referral sent from the phone', () => {
  it('stands with the person at once as known to this phone only, and once, also when the server has it', () => {
    const now = left(person, 'referral.send', asked);
    expect(now.referrals).toMatchObject([{ id: 'r2', state: 'requested', isLocal: true, toId: township }]);
    expect(left(now, 'referral.send', asked).referrals).toHaveLength(1);
    const known = withOne({ id: 'r2', state: 'accepted', version: 2 });
    expect(left(known, 'referral.send', asked)).toEqual(known);
  });

  it('is in the way of a second one until it is withdrawn, here or by the server', () => {
    const now = left(person, 'referral.send', asked);
    expect(underWayOf(now, village)?.id).toBe('r2');
    const back = left(now, 'referral.step', {
      referralId: 'r2',
      version: 1,
      deed: 'withdraw',
      note: '改去县医院',
    });
    expect(underWayOf(back, village)).toBeUndefined();
    expect(back.referrals).toMatchObject([
      { state: 'withdrawn', version: 2, note: '改去县医院', isLocal: true },
    ]);
  });

  it('of another house, or to one outside the platform, is in nobody’s way', () => {
    expect(underWayOf(withOne(), township)).toBeUndefined();
    expect(underWayOf(withOne(), village)?.id).toBe('r1');
    const { toId: _, ...elsewhere } = sent;
    expect(underWayOf({ ...person, referrals: [elsewhere] }, village)).toBeUndefined();
    expect(underWayOf(withOne({ state: 'declined' }), village)).toBeUndefined();
  });

  it('a step from a version the server has left behind changes nothing', () => {
    const further = withOne({ state: 'accepted', version: 2 });
    const step = { referralId: 'r1', version: 1, deed: 'withdraw', note: '不去了' };
    expect(left(further, 'referral.step', step).referrals).toEqual(further.referrals);
  });

  it('offers to withdraw until somebody came, to go on once they are back, and nothing of another house’s', () => {
    const deeds = (state: PhoneReferral['state'], house = village) => deedsOnPhone({ ...sent, state }, house);
    expect(deeds('requested')).toEqual(['withdraw']);
    expect(deeds('declined')).toEqual(['withdraw']);
    expect(deeds('arrived')).toEqual([]);
    expect(deeds('returned')).toEqual(['take-on']);
    expect(deeds('requested', township)).toEqual([]);
  });
});

describe('what waits for the village', () => {
  it.each([
    ['requested', undefined],
    ['accepted', undefined],
    ['declined', '转诊被拒收，请另行安排'],
    ['not-arrived', '转诊后未到位，请联系本人'],
    ['arrived', undefined],
    ['returned', '上级已转回，请确认接续'],
    ['withdrawn', undefined],
  ] as const)('%s: %s', (state, label) => {
    expect(waitingReferral(withOne({ state }))?.label).toBe(label);
  });

  it('what another house sent waits for that house', () => {
    expect(waitingReferral(withOne({ state: 'returned', fromId: township }))).toBeNull();
  });

  it('stands near the top of today’s list, from its day on, and survives being packed', () => {
    const line = lineOf(withOne({ state: 'declined' }));
    expect(unpackLine(JSON.parse(JSON.stringify(packLine(line))))).toEqual(line);
    expect(listToday([line], today)[0]?.reasons).toEqual([
      { kind: 'referral', dueOn: '2026-11-20', text: '转诊被拒收，请另行安排' },
    ]);
    expect(lineOf(person).referral).toBeNull();
  });

  it('whoever came back is followed up within two weeks; a follow-up since then closes it', () => {
    const back = { ...sent, state: 'taken-on' as const };
    expect(followUpAfterReturn(back, person)).toBe('2026-12-04');
    const soon = lineOf({ ...person, referrals: [back] });
    expect(listToday([soon], today)).toEqual([]);
    expect(listToday([soon], plainDate('2026-11-27'))[0]?.reasons[0]?.kind).toBe('soon');
    expect(listToday([soon], plainDate('2026-12-04'))[0]?.reasons[0]?.kind).toBe('referral');
    const visit = (on: string, form = 'hypertension-follow-up') => ({
      visits: [{ on: plainDate(on), form, mode: null, formClass: null, by: '陈立新' }],
    });
    expect(followUpAfterReturn(back, visit('2026-11-19'))).toBe('2026-12-04');
    expect(followUpAfterReturn(back, visit('2026-11-21', 'annual-checkup'))).toBe('2026-12-04');
    expect(followUpAfterReturn(back, visit('2026-11-20'))).toBeUndefined();
  });

  const inDanger = (foundOn: string, more: Partial<PhoneReferral>[] = []): PersonDocument => ({
    ...person,
    programs: [
      { program: 'hypertension', enrollmentId: 'e1', lastVisitOn: plainDate(foundOn) } as PhoneProgramState,
    ],
    tasks: [{ kind: 'crisis', enrollmentId: 'e1', reason: '收缩压 190' } as PhoneTask],
    referrals: more.map((one) => ({ ...sent, ...one })),
  });

  it('a danger of today is proposed as an emergency, one of two months ago as one to look at again', () => {
    expect(referralToPropose(inDanger('2026-11-24'), today)).toMatchObject({ urgency: 'emergency' });
    expect(referralToPropose(inDanger('2026-09-25'), today)).toMatchObject({
      urgency: 'soon',
      title: '60 天前（2026-09-25）的危急情况未处理，请核实',
    });
    expect(adviceToRefer(inDanger('2026-09-25'), today)?.urgency).toBe('soon');
    expect(referralToPropose({ ...inDanger('2026-11-24'), status: 'lost' }, today)).toBeUndefined();
  });

  it('nothing is proposed while a referral sent since then goes on, or whoever came back was not seen', () => {
    const since = (one: Partial<PhoneReferral>) => referralToPropose(inDanger('2026-11-20', [one]), today);
    expect(since({ state: 'accepted' })).toBeUndefined();
    expect(since({ state: 'taken-on' })).toBeUndefined();
    expect(since({ state: 'withdrawn' })).toBeDefined();
    expect(since({ state: 'accepted', at: '2026-11-18T02:00:00.000Z' })).toBeDefined();
  });
});

describe('the order in which it is sent', () => {
  const visit = (visitId: string) => operation('visit.record', { visitId, sheets: [], confirmed: [] });
  it('a referral goes after the follow-up it names, a step after its referral, nothing else', () => {
    const referral = operation('referral.send', asked);
    expect(goesAfter(referral, visit('visit-1'))).toBe(true);
    expect(goesAfter(referral, visit('visit-2'))).toBe(false);
    const { followUpId: _, ...unnamed } = asked;
    expect(goesAfter(operation('referral.send', unnamed), visit('visit-1'))).toBe(false);
    const step = (referralId: string) =>
      operation('referral.step', { referralId, version: 1, deed: 'withdraw', note: '' });
    expect(goesAfter(step('r2'), referral)).toBe(true);
    expect(goesAfter(step('r1'), referral)).toBe(false);
    expect(goesAfter(visit('visit-1'), referral)).toBe(false);
  });
});
