export { type SummaryRow, summariseResident } from './summarise-residents.ts';
