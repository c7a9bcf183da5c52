/**
 * Cuts the line to a real server while it answers, a thousand times: the effect is in the database, the phone never read
 * that it is. `npm run rig:torn -- --cuts 1000`. What is offered again must be answered as then and done once.
 */
import { isRunAs, numberArgument } from '#test/support/arguments.ts';
import { clientsAt, startTestServer, type TestServer } from '#test/support/server.ts';
import { slowLink } from '#test/support/slow-link.ts';
import { Random } from '../simulation/random.ts';
import { countTaken, expectTakenOnce, RealPhone } from '../simulation/real-phone.ts';

/** About as long as the answer to one operation with its headers. */
const longestCut = 900;

export interface TornResult {
  readonly cuts: number;
  /** Of these the ones after which the database had the operation and the phone had no answer. */
  readonly doneUnanswered: number;
  /** Operations saved on the phones, all of which the database must have once. */
  readonly operations: number;
}

/** So many phones, each on a line of its own that is cut until there were so many cuts in all. Throws when anything is lost or done twice. */
export async function tearLines(
  server: TestServer,
  input: { phones: number; cuts: number; seed: number },
): Promise<TornResult> {
  const random = new Random(input.seed);
  const { cookie } = await server.signIn('village');
  const target = Number(new URL(server.url).port);
  const lines = await Promise.all(
    Array.from({ length: input.phones }, async () => {
      const link = await slowLink(target);
      const phone = new RealPhone(clientsAt(`http://127.0.0.1:${link.port}`)(cookie), random);
      await phone.register();
      await phone.round('calm');
      return { link, phone };
    }),
  );
  let doneUnanswered = 0;
  const cutsOf = () => lines.reduce((sum, { link }) => sum + link.cuts(), 0);
  try {
    for (let turn = 0; cutsOf() < input.cuts; turn++)
      await Promise.all(
        lines.map(async ({ link, phone }, n) => {
          await phone.edit(`断线${turn}-${n}`);
          link.cutAfter(random.below(longestCut));
          await phone.round('torn');
          const waiting = phone.engine.outbox.list().filter((entry) => entry.state === 'saved-on-phone');
          doneUnanswered += await countTaken(
            waiting.map((entry) => entry.operation.operationId),
            server.look,
          );
          link.cutAfter(Number.POSITIVE_INFINITY);
          await phone.round('torn');
        }),
      );
    const phones = lines.map(({ phone }) => phone);
    for (let turn = 0; turn < 2; turn++) for (const phone of phones) await phone.round('calm');
    const operations = await expectTakenOnce(phones, server.look);
    return { cuts: cutsOf(), doneUnanswered, operations };
  } finally {
    await Promise.all(lines.map(({ link }) => link.close()));
  }
}

if (isRunAs('torn.ts')) {
  const server = await startTestServer({ residents: 600 });
  try {
    const cuts = numberArgument('cuts', 1000);
    console.log(
      JSON.stringify(await tearLines(server, { phones: 8, cuts, seed: numberArgument('seed', 1) })),
    );
  } finally {
    await server.stop();
  }
}
