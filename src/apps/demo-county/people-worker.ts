import { parentPort, workerData } from 'node:worker_threads';
import { type PeopleInput, PeopleMaker, type VillageCopies } from './generate-people.ts';

/** Asks for a village and brings back the memory of one that was handed over. */
export interface VillageAsked {
  readonly village: number;
  readonly handedOver: VillageCopies;
}

/** A thread that makes people while the database takes others in. */
const maker = new PeopleMaker(workerData as PeopleInput);

parentPort?.on('message', ({ village, handedOver }: VillageAsked) => {
  maker.reuse(handedOver);
  parentPort?.postMessage({ village, copies: maker.make(village) });
});
