/** What a roster may cost to read. Beyond any of these the file is refused; none of them is a clinical number. */
export const workbookLimits = {
  uploadBytes: 10 * 1024 * 1024,
  /** Bytes after inflating, counted while they stream: declared sizes in a zip can lie. */
  inflatedBytes: 60 * 1024 * 1024,
  entries: 1000,
  rows: 20_000,
  columns: 120,
  cellCharacters: 2_000,
  heapMegabytes: 192,
  milliseconds: 30_000,
  /** How many workbooks are read at once; further ones wait. */
  parallel: 1,
} as const;
