import { ageInYears, datePartsOf, fromEpochDay, type PlainDate } from '#kernel/plain-date.ts';
import { identityCheckDigit } from '#standards/identity/check-identity-number.ts';
import type { Counted } from './census.ts';
import { drawName, drawSurname, townshipNames, villageNames } from './names.ts';
import type { PersonAnswers } from './person-answers.ts';
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
  readonly contactPhone: string;
  readonly address: string;
  /** Where they are registered, as far as somebody wrote it down. */
  readonly registeredAddress: string | null;
  /** What else the form asks, none of it sealed. */
  readonly answers: PersonAnswers;
}

const householdSizes = cumulate([25, 30, 21, 13, 7, 4]);

/** Makes the people of one village, household by household; archive numbers follow the village's serial. */
export class VillagePeople {
  #serial = 0;
  #left = 0;
  #household = '';
  #surname = '';
  #house = 0;
  readonly #random: Random;
  readonly #ids: IdMaker;
  readonly #village: PlannedVillage;
  readonly #place: string;
  readonly #today: PlainDate;
  #lastPhone: number;

  /** `before`: how many people the county has before this village. */
  constructor(random: Random, ids: IdMaker, village: PlannedVillage, before: number, today: PlainDate) {
    this.#random = random;
    this.#ids = ids;
    this.#village = village;
    this.#place = `全程县${village.township.name.replace('中心卫生院', '')}${village.name.replace('卫生室', '')}`;
    this.#today = today;
    this.#lastPhone = before * 2;
  }

  /** The person that the census counted next. */
  next({ birthDay, sex, before }: Counted): DemoResident {
    const random = this.#random;
    if (this.#left === 0) {
      this.#left = random.weighted(householdSizes) + 1;
      this.#household = this.#ids.next();
      this.#surname = drawSurname(random);
      this.#house += 1;
    }
    this.#left -= 1;
    this.#serial += 1;
    const birthDate = fromEpochDay(birthDay);
    const ageYears = ageInYears(birthDate, this.#today);
    const isOwnName = random.chance(0.62);
    const { year } = datePartsOf(birthDate);
    const name = drawName(random, sex, year, isOwnName ? this.#surname : undefined);
    const address = `${this.#place}${this.#house}号`;
    const residenceType = random.chance(0.94) ? '1' : '2';
    return {
      id: this.#ids.next(),
      householdId: this.#household,
      archiveNo: `${this.#village.regionCode}${String(this.#serial).padStart(5, '0')}`,
      name,
      sex,
      birthDate,
      ageYears,
      idNo: identityNumberOf(birthDate, sex, before),
      phone: this.#nextPhone(),
      contactPhone: this.#nextPhone(),
      address,
      registeredAddress: residenceType === '2' ? this.#elsewhere() : random.chance(0.3) ? address : null,
      answers: this.#answers({ name, gender: sex, birthDate, residenceType }, ageYears),
    };
  }

  /** Of a range that is plainly made up: 199 0000 0000 upwards. */
  #nextPhone(): string {
    this.#lastPhone += 1;
    return `199${String(this.#lastPhone % 100_000_000).padStart(8, '0')}`;
  }

  /** Where somebody is registered who is not from here. */
  #elsewhere(): string {
    const random = this.#random;
    return `全程县${random.pick(townshipNames)}镇${random.pick(villageNames)}村${random.integer(1, 300)}号`;
  }

  #answers(
    known: Pick<PersonAnswers, 'name' | 'gender' | 'birthDate' | 'residenceType'>,
    ageYears: number,
  ): PersonAnswers {
    const random = this.#random;
    const adult = ageYears >= 18;
    const education =
      ageYears < 7
        ? '9'
        : ageYears < 13
          ? '8'
          : random.pick(ageYears > 60 ? ['9', '8', '8', '7'] : ['7', '7', '6', '3', '2']);
    return {
      name: known.name,
      gender: known.gender,
      birthDate: known.birthDate,
      residenceType: known.residenceType,
      contactName: drawName(random, random.chance(0.5) ? '1' : '2', 1980, this.#surname),
      bloodAbo: random.pick(drawn.bloodAbo),
      bloodRh: random.pick(drawn.bloodRh),
      education,
      occupation: adult ? random.pick(drawn.occupation) : '8',
      marital: !adult ? '1' : ageYears > 72 && random.chance(0.35) ? '3' : ageYears < 26 ? '1' : '2',
      payMethods: random.chance(0.14) ? '1' : '3',
      drugAllergies: random.chance(0.03) ? '2' : '1',
      familyFather: random.chance(0.22) ? '2' : '1',
      familyMother: random.chance(0.24) ? '2' : '1',
      disabilities: random.chance(0.04) ? '5' : '1',
      kitchenVent: random.pick(drawn.kitchenVent),
      fuelType: random.pick(drawn.fuelType),
      toilet: random.pick(drawn.toilet),
      livestockPen: random.pick(drawn.livestockPen),
    };
  }
}

/** What answers are drawn from, the commoner ones repeated. */
const drawn = {
  bloodAbo: ['1', '2', '3', '4', '5', '5', '5'],
  bloodRh: ['2', '3', '3'],
  occupation: ['4', '4', '4', '3', '5', '8', '1'],
  kitchenVent: ['2', '3', '4'],
  fuelType: ['1', '1', '2', '3', '5'],
  toilet: ['1', '2', '3'],
  livestockPen: ['1', '2', '4'],
} as const;

/** An identity number of area 999999, which no place has; `before` others were born on that day. */
function identityNumberOf(birthDate: PlainDate, sex: '1' | '2', before: number): string {
  const serial = before * 2 + (sex === '1' ? 1 : 2);
  const first17 = `999999${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return `${first17}${identityCheckDigit(first17)}`;
}
