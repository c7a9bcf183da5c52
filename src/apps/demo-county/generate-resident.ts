import {
  addDays,
  ageInYears,
  datePartsOf,
  earlierOf,
  type PlainDate,
  plainDateOf,
} from '#kernel/plain-date.ts';
import { identityCheckDigit } from '#standards/identity/check-identity-number.ts';
import { drawName, drawSurname } from './names.ts';
import type { PlannedVillage } from './plan-organizations.ts';
import { cumulate, type IdMaker, type Random } from './random.ts';

export interface DemoResident {
  readonly id: string;
  readonly householdId: string;
  readonly archiveNo: string;
  readonly name: string;
  readonly sex: '1' | '2';
  readonly birthDate: PlainDate;
  readonly ageYears: number;
  readonly idNo: string;
  readonly phone: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Shares of five-year bands from 0–4 to 90+, per cent. @source 第七次全国人口普查（2020） 年龄构成 */
export const censusAgeShares = [
  5.52, 6.39, 6.04, 5.16, 5.31, 6.53, 8.81, 7.02, 6.58, 8.12, 8.6, 7.19, 5.21, 5.25, 3.52, 2.22, 1.44, 0.76,
  0.33,
];
const ageBands = cumulate(censusAgeShares);
const householdSizes = cumulate([25, 30, 21, 13, 7, 4]);

/** Makes the people of one village, household by household; numbers follow the village's serial. */
export class VillagePeople {
  #serial = 0;
  #left = 0;
  #household = '';
  #surname = '';
  #house = 0;
  readonly #random: Random;
  readonly #ids: IdMaker;
  readonly #village: PlannedVillage;
  readonly #today: PlainDate;
  readonly #phones: PhoneMaker;

  constructor(random: Random, ids: IdMaker, village: PlannedVillage, today: PlainDate, phones: PhoneMaker) {
    this.#random = random;
    this.#ids = ids;
    this.#village = village;
    this.#today = today;
    this.#phones = phones;
  }

  get lastSerial(): number {
    return this.#serial;
  }

  next(identitySerials: Map<string, number>): DemoResident {
    const random = this.#random;
    if (this.#left === 0) {
      this.#left = random.weighted(householdSizes) + 1;
      this.#household = this.#ids.next();
      this.#surname = drawSurname(random);
      this.#house += 1;
    }
    this.#left -= 1;
    this.#serial += 1;
    const age = Math.min(100, random.weighted(ageBands) * 5 + random.integer(0, 4));
    const sex = random.chance(age >= 75 ? 0.45 : 0.512) ? '1' : '2';
    const birthYear = datePartsOf(this.#today).year - age;
    const birthDate = addDays(plainDateOf(birthYear, 1, 1), random.integer(-40, 324));
    const name = drawName(random, sex, birthYear, random.chance(0.62) ? this.#surname : undefined);
    const idNo = drawIdentityNumber(birthDate, sex, identitySerials);
    const phone = this.#phones.next();
    const ageYears = Math.max(0, ageInYears(earlierOf(birthDate, this.#today), this.#today));
    return {
      id: this.#ids.next(),
      householdId: this.#household,
      archiveNo: `${this.#village.regionCode}${String(this.#serial).padStart(5, '0')}`,
      name,
      sex,
      birthDate: earlierOf(birthDate, this.#today),
      ageYears,
      idNo,
      phone,
      answers: this.#personalInformation({ name, sex, birthDate, ageYears, idNo, phone }),
    };
  }

  #personalInformation(person: {
    name: string;
    sex: '1' | '2';
    birthDate: PlainDate;
    ageYears: number;
    idNo: string;
    phone: string;
  }): Record<string, unknown> {
    const random = this.#random;
    const { ageYears } = person;
    const place = `全程县${this.#village.township.name.replace('中心卫生院', '')}${this.#village.name.replace('卫生室', '')}${this.#house}号`;
    const adult = ageYears >= 18;
    const education =
      ageYears < 7
        ? '9'
        : ageYears < 13
          ? '8'
          : random.pick(ageYears > 60 ? ['9', '8', '8', '7'] : ['7', '7', '6', '3', '2']);
    return {
      name: person.name,
      gender: person.sex,
      birthDate: person.birthDate,
      idType: '01',
      idNo: person.idNo,
      phone: person.phone,
      contactName: drawName(random, random.chance(0.5) ? '1' : '2', 1980, this.#surname),
      contactPhone: this.#phones.next(),
      currentAddress: place,
      registeredAddress: place,
      residenceType: random.chance(0.94) ? '1' : '2',
      nation: '01',
      bloodAbo: random.pick(['1', '2', '3', '4', '5', '5', '5']),
      bloodRh: random.pick(['2', '3', '3']),
      education,
      occupation: adult ? random.pick(['4', '4', '4', '3', '5', '8', '1']) : '8',
      marital: !adult ? '1' : ageYears > 72 && random.chance(0.35) ? '3' : ageYears < 26 ? '1' : '2',
      payMethods: [random.chance(0.14) ? '1' : '3'],
      drugAllergies: [random.chance(0.03) ? '2' : '1'],
      exposures: ['1'],
      pastDiseases: [{ code: '1' }],
      surgeries: '1',
      traumas: '1',
      transfusions: '1',
      familyFather: [random.chance(0.22) ? '2' : '1'],
      familyMother: [random.chance(0.24) ? '2' : '1'],
      familySiblings: ['1'],
      familyChildren: ['1'],
      geneticDisease: '1',
      disabilities: [random.chance(0.04) ? '5' : '1'],
      kitchenVent: random.pick(['2', '3', '4']),
      fuelType: random.pick(['1', '1', '2', '3', '5']),
      drinkingWater: '1',
      toilet: random.pick(['1', '2', '3']),
      livestockPen: random.pick(['1', '2', '4']),
    };
  }
}

/** Telephone numbers of a range that is plainly made up: 199 0000 0000 upwards. */
export class PhoneMaker {
  #last = 0;
  next(): string {
    this.#last += 1;
    return `199${String(this.#last % 100_000_000).padStart(8, '0')}`;
  }
}

/** An identity number of area 999999, which no place has; a serial per birth day keeps numbers apart. */
export function drawIdentityNumber(
  birthDate: PlainDate,
  sex: '1' | '2',
  serials: Map<string, number>,
): string {
  const key = `${birthDate}${sex}`;
  const used = serials.get(key) ?? 0;
  serials.set(key, used + 1);
  const serial = used * 2 + (sex === '1' ? 1 : 2);
  if (serial > 999) throw new RangeError('too many people born on one day for one area code');
  const first17 = `999999${birthDate.replaceAll('-', '')}${String(serial % 1000).padStart(3, '0')}`;
  return `${first17}${identityCheckDigit(first17)}`;
}
