import { uuidv7 } from 'uuidv7';
import type { Life } from './life-model.ts';
import { conflict, stepOf } from './life-step.ts';
import { post, readAnew } from './life-world.ts';

export const merge = stepOf<{ removed: number }>({
  name: '合并',
  makesSense: ({ life, slot, input, model }) =>
    slot !== input.removed && life !== undefined && model.people[input.removed] !== undefined,
  expected({ life, input, model }) {
    const removed = model.people[input.removed] as Life;
    return life.status === 'active' && !['closed', 'dead'].includes(removed.status) ? 'done' : conflict;
  },
  async send({ life, slot, input, model }, world) {
    const mergeId = uuidv7();
    const removed = model.people[input.removed] as Life;
    const proposed = await post(world.centre, '/api/merges', {
      mergeId,
      keptId: life.id,
      removedId: removed.id,
      reason: '同一人两份档案',
    });
    if (proposed.status !== 200) return { reply: proposed };
    return {
      reply: await post(world.second, `/api/merges/${mergeId}/decide`, { accept: true }),
      async learn() {
        model.merges.push({ id: mergeId, kept: slot, removed: input.removed });
        for (const one of [life, removed]) await readAnew(world, one);
      },
    };
  },
});

/** Takes the last merge of the model back, everything that came since staying with the kept record. */
export const unmerge = stepOf({
  name: '撤销合并',
  makesSense: ({ model }) => model.merges.length > 0,
  expected({ model }) {
    const last = model.merges.at(-1);
    return model.people[last?.kept ?? 0]?.status === 'active' ? 'done' : conflict;
  },
  async send({ model }, world) {
    const last = model.merges.at(-1);
    const shown = await world.centre.call('GET', `/api/merges/${last?.id}`);
    const reply = await post(world.centre, `/api/merges/${last?.id}/undo`, {
      reason: '不是同一人',
      assign: shown.body.later.map((one: { table: string; key: string }) => ({
        table: one.table,
        key: one.key,
        to: 'kept',
      })),
      ...(shown.body.editedSince ? { personalInformation: 'as-now' } : {}),
    });
    return {
      reply,
      async learn() {
        model.merges.pop();
        for (const slot of [last?.kept, last?.removed])
          if (slot !== undefined) await readAnew(world, model.people[slot] as Life);
      },
    };
  },
});
