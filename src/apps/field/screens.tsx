import type { FieldRoute } from '#platform/browser/field/navigation.tsx';

/** Every screen of the phone's app and where it stands; each is fetched when it is first opened. */
export const routes: readonly FieldRoute[] = [
  {
    path: '/',
    load: async () => (await import('#capabilities/field-sync/field/today-screen.tsx')).TodayScreen,
  },
  {
    path: '/search',
    load: async () => (await import('#capabilities/field-sync/field/search-screen.tsx')).SearchScreen,
  },
  {
    path: '/register',
    load: async () => (await import('#capabilities/field-sync/field/register-screen.tsx')).RegisterScreen,
  },
  {
    path: '/sync',
    load: async () => (await import('#capabilities/field-sync/field/sync-screen.tsx')).SyncScreen,
  },
  {
    path: '/verify',
    load: async () => (await import('#capabilities/field-sync/field/verify-screen.tsx')).VerifyScreen,
  },
  {
    path: '/people/:id',
    load: async () => (await import('#capabilities/field-sync/field/person-screen.tsx')).PersonScreen,
  },
  {
    path: '/people/:id/visit',
    load: async () => (await import('#capabilities/field-sync/field/visit-screen.tsx')).VisitScreen,
  },
  {
    path: '/people/:id/forms',
    load: async () => (await import('#capabilities/field-sync/field/forms-screen.tsx')).FormsScreen,
  },
  {
    path: '/people/:id/forms/:form',
    load: async () => (await import('#capabilities/field-sync/field/record-screen.tsx')).RecordScreen,
  },
  {
    path: '/people/:id/card',
    load: async () => (await import('#capabilities/field-sync/field/card-screen.tsx')).CardScreen,
  },
  {
    path: '/people/:id/paper',
    load: async () => (await import('#capabilities/field-sync/field/paper-screen.tsx')).PaperScreen,
  },
  {
    path: '/people/:id/summary',
    load: async () => (await import('#capabilities/field-sync/field/summary-screen.tsx')).SummaryScreen,
  },
  {
    path: '/people/:id/edit',
    load: async () => (await import('#capabilities/field-sync/field/edit-screen.tsx')).EditScreen,
  },
  {
    path: '/people/:id/contact',
    load: async () => (await import('#capabilities/field-sync/field/contact-screen.tsx')).ContactScreen,
  },
  {
    path: '/people/:id/refer',
    load: async () => (await import('#capabilities/field-sync/field/refer-screen.tsx')).ReferScreen,
  },
  {
    path: '/people/:id/withdraw',
    load: async () => (await import('#capabilities/field-sync/field/withdraw-screen.tsx')).WithdrawScreen,
  },
  {
    path: '/people/:id/close',
    load: async () => (await import('#capabilities/field-sync/field/close-screen.tsx')).CloseScreen,
  },
];
