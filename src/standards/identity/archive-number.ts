/** A 17-digit archive code as the sheets print it: `□□□□□□-□□□-□□□-□□□□□`. */
export function printArchiveNumber(archiveNo: string): string {
  return `${archiveNo.slice(0, 6)}-${archiveNo.slice(6, 9)}-${archiveNo.slice(9, 12)}-${archiveNo.slice(12)}`;
}

/** The last eight digits as a form's header prints them: `□□□-□□□□□`. */
export function printArchiveTail(archiveNo: string): string {
  return `${archiveNo.slice(9, 12)}-${archiveNo.slice(12)}`;
}
