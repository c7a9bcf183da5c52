import { maskMark } from '#kernel/masked-text.ts';

/** An identity number for lists: area and the last four stay, the birth date is hidden. Short numbers keep two ends. */
export function maskIdNo(idNo: string | null): string | null {
  if (idNo === null) return null;
  if (idNo.length >= 15) return `${idNo.slice(0, 6)}${'*'.repeat(idNo.length - 10)}${idNo.slice(-4)}`;
  return idNo.length <= 5
    ? allHidden(idNo)
    : `${idNo.slice(0, 2)}${'*'.repeat(idNo.length - 4)}${idNo.slice(-2)}`;
}

/** A telephone number for lists: the middle four hidden. */
export function maskPhone(phone: string | null): string | null {
  if (phone === null) return null;
  return phone.length < 8 ? allHidden(phone) : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** Where the house begins: a number, in figures, or in words before what is counted. */
const houseNumber = /[\d０-９]|[一二三四五六七八九十百零〇](?:号|组|栋|幢|单元|室)/;

/** A detailed address: the township and village stay, the house is hidden. */
export function maskAddress(address: string): string {
  const [beforeHouse = ''] = address.split(houseNumber, 1);
  const place = /^.*(?:村|社区|街道|镇|乡|县|区)/.exec(beforeHouse)?.[0] ?? '';
  return place.length === address.length ? `${address.slice(0, 3)}****` : `${place}****`;
}

/** Nothing is left of it; long enough to be known for a mask. */
const allHidden = (text: string) => (text === '' ? '' : maskMark.padEnd(text.length, '*'));
