import { EventEmitter, on } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PeopleInput, VillageCopies } from './generate-people.ts';
import type { VillageAsked } from './people-worker.ts';

/** Nearly nothing lives longer than a person takes: with more room it is collected less often. */
const resourceLimits = { maxYoungGenerationSizeMb: 192 };
/** Villages asked of each thread ahead of the one it hands over: a small one is copied sooner than a large one is made. */
const ahead = 4;

/** A village made by one of the threads. */
export interface MadeVillage {
  readonly village: number;
  readonly copies: VillageCopies;
}

/** The same villages as a `PeopleMaker` makes, by threads on other cores, in the order in which they are done. */
export async function* makeInWorkers(input: PeopleInput): AsyncGenerator<MadeVillage> {
  const { plan, doctors, residents, seed, today, keys } = input;
  const workerData: PeopleInput = { plan, doctors, residents, seed, today, keys };
  // One thread makes people somewhat faster than the database takes them in; on two cores each then has a core of its own.
  const count = availableParallelism() > 2 ? 2 : 1;
  const said = new EventEmitter();
  const workers = Array.from({ length: count }, () => startWorker(workerData, said));
  let asked = 0;
  const ask = (worker: Worker, handedOver: VillageCopies) => {
    if (asked >= plan.villages.length) return;
    const wanted: VillageAsked = { village: asked++, handedOver };
    worker.postMessage(wanted);
  };
  try {
    const coming = on(said, 'made');
    for (let n = 0; n < ahead; n++) for (const worker of workers) ask(worker, []);
    for (let came = 0; came < plan.villages.length; came++) {
      const [worker, made] = (await coming.next()).value as [Worker, MadeVillage];
      yield made;
      // The database has it: its memory goes back for another.
      ask(worker, made.copies);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function startWorker(workerData: PeopleInput, said: EventEmitter): Worker {
  const worker = new Worker(...workerFile(workerData));
  worker.on('message', (made) => said.emit('made', worker, made));
  worker.on('error', (error) => said.emit('error', error));
  worker.on('exit', () => {
    // Nobody listens once all villages are there.
    if (said.listenerCount('error') > 0)
      said.emit('error', new Error('a thread that makes people ended early'));
  });
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
