export { readPublishedAvailability } from './read-availability.ts';
