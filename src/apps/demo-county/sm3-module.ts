import { get, moduleOf, number, op, set, unsigned } from './wasm-code.ts';

const rotl = (by: number) => [...number(by % 32), op.rotl];
/** Both are aligned to four bytes. */
const load = (offset: number) => [op.load, 2, ...unsigned(offset)];
const store = (offset: number) => [op.store, 2, ...unsigned(offset)];

// Parameters, then the state, what a round reckons in between, and sixteen words of the message.
const [stateAt, blockAt, blocksLeft] = [0, 1, 2];
const firstOfState = 3;
const [a12, ss1] = [11, 12];
const firstWord = 13;
const locals = 26;
const word = (j: number) => firstWord + (j % 16);

/** Reads the words of a block; their highest byte comes first. */
const readWords = Array.from({ length: 16 }, (_, j) => [
  ...get(blockAt),
  ...load(j * 4),
  ...[op.tee, ss1, ...number(8), op.rotl, ...number(0x00ff00ff), op.and],
  ...[...get(ss1), ...number(8), op.rotr, ...number(0xff00ff00 | 0), op.and, op.or],
  ...set(word(j)),
]).flat();

/** The word after the first sixteen, in the place of the one sixteen before it. */
const nextWord = (j: number) => [
  ...[...get(word(j - 16)), ...get(word(j - 9)), op.xor, ...get(word(j - 3)), ...rotl(15), op.xor],
  ...[op.tee, ss1, ...get(ss1), ...rotl(15), op.xor, ...get(ss1), ...rotl(23), op.xor],
  ...[...get(word(j - 13)), ...rotl(7), op.xor, ...get(word(j - 6)), op.xor],
  ...set(word(j)),
];

/** A round. What moves from one name to the next moves by the names alone, so that after four all stand as before. */
function round(j: number): number[] {
  const local = (name: number, of: 0 | 4) => firstOfState + of + ((name - j + 64) % 4);
  const [a, b, c, d] = [local(0, 0), local(1, 0), local(2, 0), local(3, 0)];
  const [e, f, g, h] = [local(0, 4), local(1, 4), local(2, 4), local(3, 4)];
  const constant = j < 16 ? 0x79cc4519 : 0x7a879d8a;
  const turned = j % 32 === 0 ? constant : (constant << (j % 32)) | (constant >>> (32 - (j % 32)));
  const early = j < 16;
  const ff = early
    ? [...get(a), ...get(b), op.xor, ...get(c), op.xor]
    : [...get(a), ...get(b), op.and, ...get(a), ...get(b), op.or, ...get(c), op.and, op.or];
  const gg = early
    ? [...get(e), ...get(f), op.xor, ...get(g), op.xor]
    : [...get(f), ...get(g), op.xor, ...get(e), op.and, ...get(g), op.xor];
  return [
    ...(j >= 12 ? nextWord(j + 4) : []),
    ...[...get(a), ...rotl(12), op.tee, a12, ...get(e), op.add, ...number(turned), op.add, ...rotl(7)],
    ...set(ss1),
    ...[...ff, ...get(d), op.add, ...get(ss1), ...get(a12), op.xor, op.add],
    ...[...get(word(j)), ...get(word(j + 4)), op.xor, op.add, ...set(d)],
    ...[...gg, ...get(h), op.add, ...get(ss1), op.add, ...get(word(j)), op.add, op.tee, a12],
    ...[...get(a12), ...rotl(9), op.xor, ...get(a12), ...rotl(17), op.xor, ...set(h)],
    ...[...get(b), ...rotl(9), ...set(b), ...get(f), ...rotl(19), ...set(f)],
  ];
}

const eight = Array.from({ length: 8 }, (_, i) => i);

const body = [
  ...[op.loop, 0x40],
  ...eight.flatMap((i) => [...get(stateAt), ...load(i * 4), ...set(firstOfState + i)]),
  ...readWords,
  ...Array.from({ length: 64 }, (_, j) => round(j)).flat(),
  ...eight.flatMap((i) => [
    ...get(stateAt),
    ...[...get(stateAt), ...load(i * 4), ...get(firstOfState + i), op.xor, ...store(i * 4)],
  ]),
  ...[...get(blockAt), ...number(64), op.add, ...set(blockAt)],
  ...[...get(blocksLeft), ...number(-1), op.add, op.tee, blocksLeft, op.branchIf, 0, op.end],
  op.end,
];

const newInstance = moduleOf({ name: 'compress', locals: [[locals, 'i32']], body, pages: 1 });

/** SM3's compression, with a memory of its own. */
export interface Sm3 {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Compresses so many blocks, one after the other, into a state; both stand in the memory. */
  readonly compress: (state: number, block: number, blocks: number) => void;
}

/**
 * SM3's compression as WebAssembly, put together here operation by operation: it takes half the time of the same in
 * JavaScript, which has no word for turning bits round.
 */
export const newSm3 = (): Sm3 => newInstance() as Sm3;
