import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { generatePeople, PeopleBatch, PeopleInput, VillageSerial } from './generate-people.ts';

/** Batches made ahead of the one being copied. */
const ahead = 3;

/** The same people as `generatePeople` makes, made on another core. */
export async function* generateInWorker(input: PeopleInput): AsyncGenerator<PeopleBatch, VillageSerial[]> {
  const { plan, doctors, residents, seed, today } = input;
  const workerData: PeopleInput = { plan, doctors, residents, seed, today, keys: input.keys };
  const worker = new Worker(...workerFile(workerData));
  try {
    for (let asked = 0; asked < ahead; asked++) worker.postMessage('next');
    for await (const [step] of on(worker, 'message', { close: ['exit'] })) {
      const said = step as ReturnType<ReturnType<typeof generatePeople>['next']>;
      if (said.done) return said.value;
      worker.postMessage('next');
      yield said.value;
    }
    throw new Error('the thread that makes people ended early');
  } finally {
    await worker.terminate();
  }
}

/** Source runs through tsx, registered inside the thread; the built server has the thread's file beside it. */
function workerFile(workerData: PeopleInput): ConstructorParameters<typeof Worker> {
  const here = import.meta.url;
  if (!here.endsWith('.ts')) return [new URL('./people-worker.js', here), { workerData }];
  const source = JSON.stringify(new URL('./people-worker.ts', here).href);
  const boot = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${source}); });`;
  return [boot, { workerData, eval: true }];
}
