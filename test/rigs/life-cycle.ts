/**
 * The life of a record as a model: made, screened, diagnosed, managed, visited, corrected, referred, moved, merged, parted,
 * ended and taken back, in any order, through HTTP. The model says which step is legal; the server must take exactly
 * those, and after each step the rows must hold what is true of people. `npm run rig:life -- --sequences 2000`.
 */
import fc from 'fast-check';
import { isRunAs, numberArgument } from '#test/support/arguments.ts';
import { startTestServer } from '#test/support/server.ts';
import { type EndKind, end, reopen } from './life/ending-steps.ts';
import type { Model } from './life/life-model.ts';
import { type LifeWorld, openLifeWorld } from './life/life-world.ts';
import { diagnose, endProgram, enroll, moveVillage, register, screen } from './life/manage-steps.ts';
import { merge, unmerge } from './life/merge-steps.ts';
import { correct, followUp } from './life/visit-steps.ts';

const slot = fc.nat(2);
const day = fc.constantFrom('2026-10-20', '2026-11-02', '2026-11-12', '2026-11-20', '2026-11-24');
const registers = slot.map((s) => register(s));
const enrolls = fc.tuple(slot, day).map(([s, on]) => enroll(s, { on }));
const followUps = fc
  .tuple(slot, day, fc.constantFrom(128, 150, 186))
  .map(([s, on, sbp]) => followUp(s, { on, sbp }));

/** Any order of steps about up to three records; those named twice come twice as often. */
const anyLife = (longest: number) =>
  fc.commands(
    [
      registers,
      registers,
      fc.tuple(slot, fc.constantFrom(118, 132, 152)).map(([s, sbp]) => screen(s, { sbp })),
      slot.map((s) => diagnose(s)),
      enrolls,
      enrolls,
      followUps,
      followUps,
      fc.tuple(slot, day).map(([s, on]) => correct(s, { on })),
      fc
        .tuple(slot, fc.constantFrom('refused', 'wrong-diagnosis'))
        .map(([s, reason]) => endProgram(s, { reason })),
      fc
        .tuple(slot, fc.constantFrom<EndKind>('dead', 'moved', 'lost', 'refused'), day)
        .map(([s, kind, on]) => end(s, { kind, on })),
      slot.map((s) => reopen(s)),
      fc.tuple(slot, fc.nat(1)).map(([s, to]) => moveVillage(s, { to })),
      fc.tuple(slot, slot).map(([kept, removed]) => merge(kept, { removed })),
      slot.map((s) => unmerge(s)),
    ],
    { maxCommands: longest, size: 'max' },
  );

/** Runs so many sequences; throws with the shortest one that breaks a truth. Returns how often each step had which end. */
export async function liveLives(
  world: LifeWorld,
  input: { sequences: number; longest: number; seed: number },
): Promise<Record<string, number>> {
  await fc.assert(
    fc.asyncProperty(anyLife(input.longest), async (steps) => {
      world.people.length = 0;
      const model: Model = { people: [undefined, undefined, undefined], merges: [] };
      for (const first of [0, 1]) await register(first).run(model, world);
      const setup = () => ({ model, real: world });
      await fc.asyncModelRun(setup, steps);
    }),
    { numRuns: input.sequences, seed: input.seed, endOnFailure: false },
  );
  return world.counts;
}

if (isRunAs('life-cycle.ts')) {
  const server = await startTestServer({ residents: 300 });
  const world = await openLifeWorld(server);
  const from = performance.now();
  let isSound = true;
  try {
    await liveLives(world, {
      sequences: numberArgument('sequences', 2000),
      longest: numberArgument('longest', 30),
      seed: numberArgument('seed', 1),
    });
  } catch (error) {
    isSound = false;
    console.log((error as Error).message.slice(0, 3000));
    console.log(String(((error as Error).cause as Error | undefined)?.message).slice(0, 3000));
  }
  console.log(JSON.stringify(world.counts, null, 1));
  console.log(
    `${Object.values(world.counts).reduce((a, b) => a + b, 0)} steps, ${Math.round((performance.now() - from) / 1000)} s`,
  );
  await server.stop();
  process.exit(isSound ? 0 : 1);
}
