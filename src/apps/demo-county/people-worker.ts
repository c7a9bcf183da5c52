import { parentPort, workerData } from 'node:worker_threads';
import { generatePeople, type PeopleInput } from './generate-people.ts';

/**
 * The thread that makes people while the database takes the last ones in. Each message from the other side asks for one
 * more batch, so that it never runs further ahead than it was asked.
 */
const people = generatePeople(workerData as PeopleInput);

parentPort?.on('message', () => {
  const step = people.next();
  const buffers = step.done ? [] : step.value.texts.map((text) => text.bytes.buffer);
  parentPort?.postMessage(step, buffers);
  if (step.done) parentPort?.close();
});
