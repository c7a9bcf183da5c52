import { uuidv7 } from 'uuidv7';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { conflict, stepOf } from './life-step.ts';
import { post, readAnew, versionOf } from './life-world.ts';

export type EndKind = 'dead' | 'moved' | 'lost' | 'refused';

const endsFrom: Readonly<Record<EndKind, readonly string[]>> = {
  dead: ['active', 'lost', 'moved'],
  moved: ['active', 'lost'],
  lost: ['active'],
  refused: ['active'],
};

/** Death, a move out of the county, loss after three attempts, or a refusal, which leaves the record open. */
export const end = stepOf<{ kind: EndKind; on: string }>({
  name: '终止',
  expected({ life, input: { kind, on } }) {
    if (!endsFrom[kind].includes(life.status)) return conflict;
    return kind === 'dead' && life.visits.some((one) => one.on > on) ? [422] : 'done';
  },
  async send({ life, input: { kind, on } }, world) {
    const { id } = life;
    if (kind === 'lost')
      for (const onDay of [-14, -7, 0].map((days) => addDays(plainDate(on), days)))
        await post(world.centre, `/api/residents/${id}/contact-attempts`, {
          attemptId: uuidv7(),
          onDay,
          means: 'telephone',
          note: '无人接听',
        });
    const eventId = uuidv7();
    const reply = await post(world.centre, `/api/residents/${id}/end`, {
      eventId,
      version: await versionOf(world, id),
      kind,
      onDay: on,
      source: '家属告知',
      destination: '外省',
      note: '本人不愿意',
      ...(kind === 'refused' ? { reviewOn: '2027-03-01' } : {}),
    });
    return {
      reply,
      learn() {
        life.endings.push({
          eventId,
          kind,
          programs: structuredClone(life.programs),
          status: life.status,
          ...(life.statusOn ? { statusOn: life.statusOn } : {}),
        });
        if (kind !== 'refused') {
          life.status = kind;
          life.statusOn = on;
        }
        for (const one of life.programs) one.closedOn ??= on > one.enrolledOn ? on : one.enrolledOn;
      },
    };
  },
});

/** Takes the last ending back; with nothing to take back, or on a record merged into another, it must be refused. */
export const reopen = stepOf({
  name: '撤回',
  expected({ life }) {
    if (life.status === 'closed') return [404, 409];
    // After a refusal the person may have come back to be managed or screened: then it cannot be taken back.
    if (life.endings.at(-1)?.kind === 'refused') return [200, 409];
    return life.endings.length > 0 ? 'done' : [404];
  },
  async send({ life }, world) {
    const reply = await post(world.centre, `/api/residents/${life.id}/reopen`, {
      eventId: uuidv7(),
      version: await versionOf(world, life.id),
      undoesId: life.endings.at(-1)?.eventId ?? uuidv7(),
      reason: '登记错了人',
    });
    return {
      reply,
      async learn() {
        const last = life.endings.pop();
        if (!last) return;
        const { status: wanted, statusOn } = last;
        await readAnew(world, life);
        if (life.status !== wanted || life.statusOn !== statusOn)
          throw new Error(`撤回 left ${life.status} ${life.statusOn}, not ${wanted} ${statusOn}`);
        for (const was of last.programs)
          if (
            !life.programs.some((one) => one.enrolledOn === was.enrolledOn && one.closedOn === was.closedOn)
          )
            throw new Error(
              `撤回 did not bring back ${JSON.stringify(was)}: ${JSON.stringify(life.programs)}`,
            );
      },
    };
  },
});
