import { get, moduleOf, number, op, set, unsigned, wide } from './wasm-code.ts';

/** Where the products of the key stand: 256 for each of a block's sixteen bytes, sixteen bytes each. */
export const productsAt = 0;
export const bytesOfProducts = 16 * 256 * 16;
/** The memory behind them is for messages. */
export const pages = 3;

// Parameters, then what is reckoned in between.
const [stateAt, blockAt, blocksLeft] = [0, 1, 2];
const word = 3;
const [block, sum] = [4, 5];

/** Aligned to sixteen bytes. */
const load = (offset: number) => [...wide.load, 4, ...unsigned(offset)];

/** Adds the product of one byte of the block: the word it stands in, turned so that it is the place among 256. */
function addProduct(byte: number): number[] {
  const down = (byte % 4) * 8 - 4;
  return [
    ...get(word),
    ...number(Math.abs(down)),
    ...[down < 0 ? op.shiftLeft : op.shiftRight, ...number(0xff0), op.and],
    ...load(productsAt + byte * 256 * 16),
    ...wide.xor,
  ];
}

const body = [
  ...[...get(stateAt), ...load(0), ...set(sum)],
  ...[op.loop, 0x40],
  ...[...get(sum), ...get(blockAt), ...wide.load, 0, 0, ...wide.xor, ...set(block)],
  ...[0, 1, 2, 3].flatMap((lane) => [
    ...[...get(block), ...wide.lane, lane, ...set(word)],
    // The first product stands alone: nothing is added to it.
    ...(lane === 0 ? addProduct(0).slice(0, -wide.xor.length) : [...get(sum), ...addProduct(lane * 4)]),
    ...[1, 2, 3].flatMap((byte) => addProduct(lane * 4 + byte)),
    ...set(sum),
  ]),
  ...[...get(blockAt), ...number(16), op.add, ...set(blockAt)],
  ...[...get(blocksLeft), ...number(-1), op.add, op.tee, blocksLeft, op.branchIf, 0, op.end],
  ...[...get(stateAt), ...get(sum), ...wide.store, 4, 0],
  op.end,
];

const newInstance = moduleOf({
  name: 'add',
  locals: [
    [1, 'i32'],
    [2, 'v128'],
  ],
  body,
  pages,
});

/** GHASH under a key whose products stand in the memory, which is the module's own. */
export interface Ghash {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Takes so many blocks, one after the other, into a state; both stand in the memory, the state at a sixteenth byte. */
  readonly add: (state: number, block: number, blocks: number) => void;
}

/** GHASH as WebAssembly: sixteen bytes are added in one step, where JavaScript adds four. */
export const newGhash = (): Ghash => newInstance() as Ghash;
