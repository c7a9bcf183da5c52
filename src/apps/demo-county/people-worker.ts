import { parentPort, workerData } from 'node:worker_threads';
import { type PeopleCopies, type PeopleInput, PeopleMaker } from './generate-people.ts';

/** Asks for villages and brings back the memory of others that were handed over. */
export interface VillagesAsked {
  readonly villages: readonly number[];
  readonly handedOver: PeopleCopies;
}

/** A thread that makes people while the database takes others in. */
const maker = new PeopleMaker(workerData as PeopleInput);

parentPort?.on('message', ({ villages, handedOver }: VillagesAsked) => {
  maker.reuse(handedOver);
  parentPort?.postMessage({ villages, copies: maker.make(villages) });
});
