export { endEnrollment } from './close-enrollment.ts';
export { readCourseDays, readGradingScheme } from './county-settings.ts';
export { openEnrollment } from './enroll-resident.ts';
export { type EpisodeMove, type MovedEpisode, moveEpisode } from './move-episode.ts';
export { writeGrades } from './write-grades.ts';
