/** An id in SQL that is the same at each fill: a version 4 UUID out of the digest of a text expression. */
export const madeId = (text: string): string =>
  `overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`;
