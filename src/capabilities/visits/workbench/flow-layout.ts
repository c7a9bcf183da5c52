import type { BoxId } from '../domain/flow-boxes.ts';

/** Size of the drawing and of its boxes. */
export const flowSize = { width: 1180, height: 640, box: { width: 118, height: 44 } } as const;

/** The middle of each box on the drawing: the three zones side by side, the hospital and the village at the foot. */
export const boxPlaces: Readonly<Partial<Record<BoxId, readonly [number, number]>>> = {
  A1: [80, 60],
  A2: [80, 120],
  A3: [80, 180],
  A4: [80, 240],
  A5: [230, 150],
  A6: [230, 250],
  A7: [80, 320],
  G1: [230, 345],
  A8: [230, 445],
  G2: [420, 345],
  B1: [420, 240],
  B2: [420, 445],
  B3: [420, 60],
  B4: [560, 60],
  B5: [560, 140],
  B6: [700, 60],
  G3: [700, 165],
  B7: [560, 245],
  B8: [560, 590],
  G4: [700, 290],
  B9: [580, 400],
  B10: [700, 400],
  B11: [840, 400],
  B12: [840, 290],
  B13: [840, 165],
  G5: [840, 60],
  C1: [1010, 60],
  C2: [1010, 240],
  C3: [1100, 150],
  C4: [1010, 445],
};

/** Lines that go round boxes instead of straight: the corners from one box to the other. */
export const lineCorners: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  'C4>A1': [
    [1010, 467],
    [1010, 520],
    [12, 520],
    [12, 60],
    [21, 60],
  ],
  'C4>A2': [
    [1010, 467],
    [1010, 520],
    [12, 520],
    [12, 120],
    [21, 120],
  ],
  'C4>A3': [
    [1010, 467],
    [1010, 520],
    [12, 520],
    [12, 180],
    [21, 180],
  ],
  'C4>A4': [
    [1010, 467],
    [1010, 520],
    [12, 520],
    [12, 240],
    [21, 240],
  ],
  'B8>A4': [
    [501, 590],
    [5, 590],
    [5, 246],
    [21, 246],
  ],
  'C1>A3': [
    [1010, 38],
    [1010, 7],
    [158, 7],
    [158, 186],
    [139, 186],
  ],
  'C3>B10': [
    [1100, 172],
    [1100, 512],
    [700, 512],
    [700, 422],
  ],
  'C4>C3': [
    [1069, 445],
    [1120, 445],
    [1120, 172],
  ],
  'B12>C3': [
    [899, 290],
    [925, 290],
    [925, 150],
    [1041, 150],
  ],
  'B13>C3': [
    [899, 165],
    [925, 165],
    [925, 150],
    [1041, 150],
  ],
  'B7>B8': [
    [501, 245],
    [490, 245],
    [490, 590],
    [501, 590],
  ],
  'G5>B10': [
    [781, 66],
    [770, 66],
    [770, 392],
    [759, 392],
  ],
  'G5>C2': [
    [899, 68],
    [932, 68],
    [932, 232],
    [951, 232],
  ],
  'B9>C2': [
    [580, 422],
    [580, 478],
    [926, 478],
    [926, 250],
    [951, 250],
  ],
};

/** Places of the zones behind the boxes. */
export const zonePlaces = [
  { zone: 'consult', x: 10, y: 16, width: 296, height: 480 },
  { zone: 'clinic', x: 340, y: 16, width: 576, height: 480 },
  { zone: 'follow-up', x: 936, y: 16, width: 234, height: 300 },
  { zone: 'village', x: 936, y: 380, width: 234, height: 116 },
  { zone: 'hospital', x: 340, y: 540, width: 576, height: 90 },
] as const;
