/** The parts of a 17-digit archive code. */
export interface ArchiveNumberParts {
  /** Six digits, GB/T 2260. */
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly villageCode: string;
  /** Five digits in order of filing, `00001`–`99999`. */
  readonly serial: string;
  /** What the village segment stands for; undefined outside the published ranges. */
  readonly villageKind: 'residents-committee' | 'village-committee' | 'other' | undefined;
}

/**
 * Reads an archive code with or without its dashes; undefined when it is not 17 digits or has no serial.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 编码
 */
export function parseArchiveNumber(text: string): ArchiveNumberParts | undefined {
  const digits = text.trim().replace(/[-\s]/g, '');
  if (!/^\d{17}$/.test(digits) || digits.endsWith('00000')) return undefined;
  const villageCode = digits.slice(9, 12);
  return {
    countyCode: digits.slice(0, 6),
    townshipCode: digits.slice(6, 9),
    villageCode,
    serial: digits.slice(12),
    villageKind: villageKindOf(Number(villageCode)),
  };
}

/**
 * The 17-digit code of the n-th person of a village: twelve digits of region and the serial.
 * Throws a RangeError when the region is not 12 digits or the serial is not 1–99,999.
 */
export function formatArchiveNumber(regionCode: string, serial: number): string {
  if (!/^\d{12}$/.test(regionCode)) throw new RangeError('a region code has 12 digits');
  if (!Number.isInteger(serial) || serial < 1 || serial > 99_999) {
    throw new RangeError('a serial lies in 1–99,999');
  }
  return `${regionCode}${String(serial).padStart(5, '0')}`;
}

/** A 17-digit archive code as the sheets print it: `□□□□□□-□□□-□□□-□□□□□`. */
export function printArchiveNumber(archiveNo: string): string {
  return `${archiveNo.slice(0, 6)}-${archiveNo.slice(6, 9)}-${archiveNo.slice(9, 12)}-${archiveNo.slice(12)}`;
}

/** The last eight digits as a form's header prints them: `□□□-□□□□□`. */
export function printArchiveTail(archiveNo: string): string {
  return `${archiveNo.slice(9, 12)}-${archiveNo.slice(12)}`;
}

function villageKindOf(code: number): ArchiveNumberParts['villageKind'] {
  if (code >= 1 && code <= 99) return 'residents-committee';
  if (code >= 101 && code <= 199) return 'village-committee';
  return code >= 901 && code <= 999 ? 'other' : undefined;
}
