export { runWorkbookReader } from './run-workbook-reader.ts';
export { workbookLimits } from './workbook-limits.ts';
