import { checkupSheetRoutes } from './checkup-sheet.routes.ts';
import { examDayRoutes } from './exam-day.routes.ts';

/** Every call of the checkups. */
export const checkupRoutes = [...examDayRoutes, ...checkupSheetRoutes];
