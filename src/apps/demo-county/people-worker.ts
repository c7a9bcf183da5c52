import { parentPort, workerData } from 'node:worker_threads';
import { type PeopleInput, PeopleMaker } from './generate-people.ts';

/** A thread that makes people while the database takes others in. Each message asks for one village. */
const maker = new PeopleMaker(workerData as PeopleInput);

parentPort?.on('message', (village: number) => {
  const copies = maker.make(village);
  const buffers = copies.map(({ bytes }) => bytes.buffer);
  parentPort?.postMessage({ village, copies }, buffers);
});
