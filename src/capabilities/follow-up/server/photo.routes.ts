import { refused } from '#kernel/problem.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { type AnyRoute, defineRoute } from '#platform/server/http/define-route.ts';
import { listVisitPhotos, showVisitPhoto } from '../photo-contract.ts';
import { openVisitPhoto, readVisitPhotos } from './visit-photos.ts';

/** Photos of visits, for whoever may read the visit. */
export const photoRoutes: readonly AnyRoute[] = [
  defineRoute({
    ...listVisitPhotos,
    summary: '一次随访的照片',
    action: 'follow-ups.read',
    handle: ({ actor, params }, { database }) =>
      withScope(database, { countyId: actor.countyId, path: actor.scopePath }, async (tx) => {
        const items = await readVisitPhotos(tx, actor, params.visitId);
        return items ? { items } : refused('not-found');
      }),
  }),
  defineRoute({
    ...showVisitPhoto,
    summary: '查看照片',
    action: 'follow-ups.read',
    async handle({ actor, params, now, reply }, { database, keys }) {
      const scope = { countyId: actor.countyId, path: actor.scopePath };
      const bytes = await withScope(database, scope, (tx) =>
        openVisitPhoto(tx, actor, keys, { photoId: params.photoId, now }),
      );
      if (!bytes) return refused('not-found');
      void reply.header('content-type', 'image/jpeg').header('cache-control', 'no-store').send(bytes);
      return undefined;
    },
  }),
];
