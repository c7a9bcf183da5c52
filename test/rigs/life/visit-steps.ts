import { uuidv7 } from 'uuidv7';
import { sampleVisit } from '#test/support/sample-visit.ts';
import { type Life, programOf, visitFits } from './life-model.ts';
import { conflict, type Expected, stepOf } from './life-step.ts';
import { postConfirming } from './life-world.ts';

const sheetOf = (on: string, sbp: number) =>
  sampleVisit({
    visitDate: on,
    sbp,
    dbp: 84,
    visitClass: sbp >= 140 ? '2' : '1',
    ...(sbp >= 180 ? { referralReason: '血压过高', referralOrgDept: '县人民医院心内科' } : {}),
    nextVisitDate: sbp >= 140 ? '2026-12-01' : '2027-02-10',
    doctorSign: '陈立新',
  });

function expectedOn(life: Life, on: string): Expected {
  if (!programOf(life)) return conflict;
  return visitFits(life, on) ? 'done' : [409, 422];
}

export const followUp = stepOf<{ on: string; sbp: number }>({
  name: '随访',
  expected: ({ life, input }) => expectedOn(life, input.on),
  async send({ life, input }, world) {
    const recordId = uuidv7();
    const reply = await postConfirming(world.centre, '/api/follow-ups', {
      recordId,
      residentId: life.id,
      formEdition: '2017',
      answers: sheetOf(input.on, input.sbp),
      laterThanRuleReason: '外出，约好回来再来',
    });
    return { reply, learn: () => void life.visits.push({ id: recordId, on: input.on }) };
  },
});

/** Corrects the last sheet: another reading, perhaps another day. */
export const correct = stepOf<{ on: string }>({
  name: '更正',
  makesSense: ({ life }) => (life?.visits.length ?? 0) > 0,
  expected: ({ life, input }) => expectedOn(life, input.on),
  async send({ life, input }, world) {
    const recordId = uuidv7();
    const reply = await postConfirming(
      world.centre,
      `/api/follow-ups/${life.visits.at(-1)?.id}/corrections`,
      {
        recordId,
        formEdition: '2017',
        answers: sheetOf(input.on, 136),
        reason: '抄错了',
        laterThanRuleReason: '外出，约好回来再来',
      },
    );
    return {
      reply,
      learn() {
        life.visits = [...life.visits.slice(0, -1), { id: recordId, on: input.on }];
      },
    };
  },
});
