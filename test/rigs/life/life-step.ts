import type fc from 'fast-check';
import type { TestReply } from '#test/support/server.ts';
import type { Life, Model } from './life-model.ts';
import { findBroken } from './life-truths.ts';
import type { LifeWorld } from './life-world.ts';

/** What the server must say: that it is done, or one of these refusals. */
export type Expected = 'done' | readonly number[];
export const conflict = [409] as const;

/** What the server said, and what the model learns when it was done. */
export interface Sent {
  readonly reply: TestReply;
  readonly learn?: () => void | Promise<void>;
}

/** Where a step is to happen: in a slot of the model, with what the step needs to know. */
interface Place<Input> {
  readonly slot: number;
  readonly input: Input;
  readonly model: Model;
}

/** The same with the record of the slot, for steps that make sense only where there is one. */
interface Scene<Input> extends Place<Input> {
  readonly life: Life;
}

/** One kind of step: whether it makes sense at all, what the server must say, what is sent and what it leaves. */
export interface StepKind<Input> {
  readonly name: string;
  /** Asked instead of whether there is a record in the slot. */
  readonly makesSense?: (place: Place<Input> & { readonly life: Life | undefined }) => boolean;
  readonly expected: (scene: Scene<Input>) => Expected;
  /** Nothing when there turns out to be nothing to do it to. */
  readonly send: (scene: Scene<Input>, world: LifeWorld) => Promise<Sent | undefined>;
}

export type Step = fc.AsyncCommand<Model, LifeWorld>;

/** Makes steps of a kind: for a slot, with what the step needs to know. */
export const stepOf =
  <Input extends object = Record<string, never>>(kind: StepKind<Input>) =>
  (slot: number, input: Input = {} as Input): Step => {
    const words = `${kind.name}(${[slot, ...Object.values(input)].join(',')})`;
    const sceneOf = (model: Readonly<Model>): Scene<Input> => ({
      life: model.people[slot] as Life,
      slot,
      input,
      model,
    });
    return {
      toString: () => words,
      check(model) {
        const scene = sceneOf(model);
        return kind.makesSense?.(scene) ?? scene.life !== undefined;
      },
      async run(model, world) {
        const scene = sceneOf(model);
        const expected = kind.expected(scene);
        const sent = await kind.send(scene, world);
        if (!sent) return;
        const { reply, learn } = sent;
        const isDone = reply.status === 200;
        const key = `${kind.name} ${isDone ? 'done' : reply.body.code}`;
        world.counts[key] = (world.counts[key] ?? 0) + 1;
        if (expected === 'done' ? !isDone : !expected.includes(reply.status))
          throw new Error(
            `${words}: expected ${expected}, got ${reply.status} ${JSON.stringify(reply.body).slice(0, 600)}\n${JSON.stringify(model)}`,
          );
        if (isDone) await learn?.();
        const broken = await findBroken(world.server, world.people);
        if (broken.length > 0)
          throw new Error(`after ${words}: ${broken.join('; ')}\n${JSON.stringify(model)}`);
      },
    };
  };
