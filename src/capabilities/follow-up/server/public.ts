export { closeTaskWithoutVisit } from './close-task.ts';
export { recordVisitSheets } from './record-follow-up.ts';
export { replanFollowUps } from './replan-tasks.ts';
export { keepVisitPhoto } from './visit-photos.ts';
