import type { z } from 'zod';
import { plainDate } from '#kernel/plain-date.ts';
import { refused } from '#kernel/problem.ts';
import { recordAudit } from '#platform/server/audit/record-audit.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { defineRoute } from '#platform/server/http/define-route.ts';
import { onceOnly } from '#platform/server/operation/once-only.ts';
import { clearEpisode, confirmEpisode, listEpisodes, showCourse } from '../contract.ts';
import { readCourse, readEpisodes } from './read-course.ts';
import { clearFinding, confirmByEvidence, type GivenEvidence } from './settle-episode.ts';

export const courseRoutes = [
  defineRoute({
    ...showCourse,
    summary: '病程',
    action: 'episodes.read',
    handle: ({ actor, params, now }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const course = await readCourse(tx, actor, params.residentId);
        if (!course) return refused('not-found');
        await recordAudit(tx, actor, { action: 'course.read', residentId: params.residentId, now });
        return course;
      }),
  }),
  defineRoute({
    ...listEpisodes,
    summary: '待确诊、待纳入与高危人群',
    action: 'episodes.read',
    handle: ({ actor, query, now, today }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        await recordAudit(tx, actor, { action: 'episode.list', subject: query.state, now });
        return readEpisodes(tx, actor, { ...query, today });
      }),
  }),
  defineRoute({
    ...confirmEpisode,
    summary: '确诊',
    action: 'episodes.confirm',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'episode.confirm', body: { params, body }, now },
        (tx) =>
          confirmByEvidence(tx, actor, {
            episodeId: params.episodeId,
            version: body.version,
            onDay: plainDate(body.onDay),
            evidence: readEvidence(body.evidence),
            today,
            now,
          }),
      ),
  }),
  defineRoute({
    ...clearEpisode,
    summary: '排除疑似或移出高危人群',
    action: 'enrollments.write',
    handle: ({ actor, params, body, now, today }, { database }) =>
      onceOnly(
        database,
        actor,
        { operationId: body.operationId, kind: 'episode.clear', body: { params, body }, now },
        (tx) =>
          clearFinding(tx, actor, {
            episodeId: params.episodeId,
            version: body.version,
            onDay: plainDate(body.onDay),
            to: body.to,
            reason: body.reason,
            today,
            now,
          }),
      ),
  }),
];

type WireEvidence = z.output<NonNullable<(typeof confirmEpisode)['body']>>['evidence'];

/** Evidence of the wire as the rule takes it. */
function readEvidence(given: WireEvidence): GivenEvidence {
  switch (given.kind) {
    case 'pressures':
      return { kind: 'pressures', acuteSymptoms: given.acuteSymptoms };
    case 'outside':
      return { kind: 'outside', hospital: given.hospital, on: plainDate(given.on) };
    case 'spirometry': {
      const { kind, tests, afterBronchodilator, ...answers } = given;
      // Blown before the bronchodilator it is not evidence.
      const after = afterBronchodilator ? tests.map((one) => ({ ...one, on: plainDate(one.on) })) : [];
      return { kind, facts: { tests: after, ...answers } };
    }
    case 'glucose':
      return {
        kind: 'glucose',
        facts: {
          typicalSymptoms: given.typicalSymptoms,
          occasions: given.occasions
            .map((one) => ({ ...one, on: plainDate(one.on) }))
            .toSorted((a, b) => (a.on < b.on ? -1 : 1)),
        },
      };
  }
}
