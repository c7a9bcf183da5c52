import { describe, expect, it } from 'vitest';
import { directionOf, type House, mayReceive, rankReceivers } from './choose-receiver.ts';

const house = (id: string, kind: string, path: string): House => ({ id, kind, path });
const hospital = house('h', 'county-hospital', '/1/hospital/');
const second = house('k', 'county-hospital', '/1/hospital2/');
const north = house('n', 'township-centre', '/1/100/');
const south = house('s', 'township-centre', '/1/101/');
const village = house('v', 'village-clinic', '/1/100/201/');
const cdc = house('c', 'cdc', '/1/cdc/');
const all = [cdc, north, south, village, hospital, second];

describe('who may be sent a patient', () => {
  it('is a hospital or a township centre, never the sender, a village, the CDC', () => {
    expect(all.filter((one) => mayReceive(one, north)).map((one) => one.id)).toEqual(['s', 'h', 'k']);
    expect(directionOf('township-centre', 'cdc')).toBeUndefined();
    expect(directionOf('village-clinic', 'village-clinic')).toBeUndefined();
  });

  it('is told apart by the way: up, down, across', () => {
    expect(directionOf('township-centre', 'county-hospital')).toBe('up');
    expect(directionOf('county-hospital', 'township-centre')).toBe('down');
    expect(directionOf('township-centre', 'township-centre')).toBe('across');
    expect(directionOf('village-clinic', 'township-centre')).toBe('up');
  });

  it('is offered the likeliest first: up from a township, the person’s own township from above', () => {
    const ids = (from: House, home?: string) => rankReceivers(all, from, home).map((one) => one.house.id);
    expect(ids(north, village.path)).toEqual(['h', 'k', 's']);
    expect(ids(hospital, '/1/101/203/')).toEqual(['s', 'n', 'k']);
    expect(ids(hospital)).toEqual(['n', 's', 'k']);
    expect(ids(village, village.path)).toEqual(['n', 'h', 'k', 's']);
  });
});
