import { EventEmitter, on } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type PeopleCopies, type PeopleInput, shareOut } from './generate-people.ts';
import type { VillagesAsked } from './people-worker.ts';

/** Nearly nothing lives longer than a person takes: with more room it is collected less often. */
const resourceLimits = { maxYoungGenerationSizeMb: 192 };
/** People asked for at once: for the database each COPY is a wait and a fresh start. */
const peopleAtOnce = 8000;
/** Asked of each thread ahead of what it hands over. */
const ahead = 2;

/** Villages made by one of the threads. */
export interface MadeVillages {
  readonly villages: readonly number[];
  readonly copies: PeopleCopies;
}

/**
 * The same villages as a `PeopleMaker` makes, by threads on other cores, in the order in which they are done. The threads
 * begin at once, and end when they are stopped.
 */
export function makeInWorkers(input: PeopleInput): {
  villages: AsyncGenerator<MadeVillages>;
  stop: () => Promise<unknown>;
} {
  const { plan, doctors, residents, seed, today, keys } = input;
  const workerData: PeopleInput = { plan, doctors, residents, seed, today, keys };
  // One thread makes people somewhat faster than the database takes them in; on two cores each then has a core of its own.
  const count = availableParallelism() > 2 ? 2 : 1;
  const said = new EventEmitter();
  const coming = on(said, 'made');
  const workers = Array.from({ length: count }, () => startWorker(workerData, said));
  const shares = inShares(shareOut(input));
  let asked = 0;
  const ask = (worker: Worker, handedOver: PeopleCopies) => {
    if (asked >= shares.length) return;
    const wanted: VillagesAsked = { villages: shares[asked++] ?? [], handedOver };
    worker.postMessage(wanted);
  };
  for (let n = 0; n < ahead; n++) for (const worker of workers) ask(worker, []);
  async function* villages(): AsyncGenerator<MadeVillages> {
    for (let came = 0; came < shares.length; came++) {
      const [worker, made] = (await coming.next()).value as [Worker, MadeVillages];
      yield made;
      // The database has it: its memory goes back for another.
      ask(worker, made.copies);
    }
  }
  const stop = async () => {
    await coming.return?.();
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  return { villages: villages(), stop };
}

/** Villages in order, some thousand people at a time; less at first, so that the database soon has something to do. */
function inShares(sizes: readonly number[]): number[][] {
  const shares: number[][] = [];
  let [people, before] = [0, 0];
  for (const [village, size] of sizes.entries()) {
    if (people + size > Math.min(peopleAtOnce, before) || shares.length === 0) {
      shares.push([]);
      people = 0;
    }
    shares.at(-1)?.push(village);
    people += size;
    before += size;
  }
  return shares;
}

function startWorker(workerData: PeopleInput, said: EventEmitter): Worker {
  const worker = new Worker(...workerFile(workerData));
  // Nobody listens any more once the threads are stopped.
  const fail = (error: unknown) => said.listenerCount('error') > 0 && said.emit('error', error);
  worker.on('message', (made) => said.emit('made', worker, made));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('a thread that makes people ended early')));
  return worker;
}

/** Source runs through tsx, registered inside the thread; the built server has the thread's file beside it. */
function workerFile(workerData: PeopleInput): ConstructorParameters<typeof Worker> {
  const here = import.meta.url;
  if (!here.endsWith('.ts')) return [new URL('./people-worker.js', here), { workerData, resourceLimits }];
  const source = JSON.stringify(new URL('./people-worker.ts', here).href);
  const boot = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${source}); });`;
  return [boot, { workerData, resourceLimits, eval: true }];
}
