/** Operations of WebAssembly, as they are coded. */
export const op = {
  loop: 0x03,
  end: 0x0b,
  branchIf: 0x0d,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  load: 0x28,
  store: 0x36,
  number: 0x41,
  add: 0x6a,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  shiftLeft: 0x74,
  shiftRight: 0x76,
  rotl: 0x77,
  rotr: 0x78,
} as const;

/** Operations on sixteen bytes at once: each is two bytes of code. */
export const wide = {
  load: [0xfd, 0x00],
  store: [0xfd, 0x0b],
  lane: [0xfd, 0x1b],
  xor: [0xfd, 0x51],
} as const;

/** Types of a local. */
const types = { i32: 0x7f, v128: 0x7b } as const;

/** A whole number in the variable length of WebAssembly, signed as constants are. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

export const get = (local: number) => [op.get, local];
export const set = (local: number) => [op.set, local];
export const number = (value: number) => [op.number, ...signed(value)];

const text = (words: string) => [...unsigned(words.length), ...Buffer.from(words)];
const section = (id: number, content: readonly number[]) => [id, ...unsigned(content.length), ...content];

/** What of WebAssembly is used here; the types of Node do not know it. */
interface WebAssemblyHere {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}
const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyHere }).WebAssembly;

/** One function of three whole numbers that works on a memory. */
export interface FunctionCode {
  readonly name: string;
  /** Locals behind the parameters, by type. */
  readonly locals: readonly (readonly [count: number, type: keyof typeof types])[];
  readonly body: readonly number[];
  /** Pages of memory, 64 kB each. */
  readonly pages: number;
}

/** Makes a module of one function; each call of what comes back is an instance with a memory of its own, named `memory`. */
export function moduleOf({ name, locals, body, pages }: FunctionCode): () => unknown {
  const code = [
    ...unsigned(locals.length),
    ...locals.flatMap(([count, type]) => [...unsigned(count), types[type]]),
    ...body,
  ];
  const made = new Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, 3, types.i32, types.i32, types.i32, 0]),
      ...section(3, [1, 0]),
      ...section(5, [1, 0, pages]),
      ...section(7, [2, ...text('memory'), 2, 0, ...text(name), 0, 0]),
      ...section(10, [1, ...unsigned(code.length), ...code]),
    ]),
  );
  return () => new Instance(made).exports;
}
