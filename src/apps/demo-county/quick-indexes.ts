import type { indexesOf } from '#capabilities/residents/server/public.ts';
import { QuickHmac } from './quick-sm3.ts';
import { writeUtf8 } from './write-utf8.ts';

const digestBytes = 32;
/** Of a digest so much is kept. */
const indexBytes = 16;
const tailLength = 4;

/** Indexes texts of one kind: what comes before them in the digest stands laid out. */
class KindIndexer {
  readonly #hmac: QuickHmac;
  readonly #room: Uint8Array;
  readonly #valueAt: number;
  readonly #digest = Buffer.alloc(digestBytes);
  readonly #index = this.#digest.subarray(0, indexBytes);

  constructor(hmac: QuickHmac, domain: string) {
    this.#hmac = hmac;
    this.#room = hmac.newRoom();
    this.#valueAt = writeUtf8(this.#room, 64, `${domain}\u0000`);
  }

  /** The index of digits, which holds until the next is asked for. */
  of(digits: string): Buffer {
    const at = this.#valueAt;
    for (let i = 0; i < digits.length; i++) this.#room[at + i] = digits.charCodeAt(i);
    this.#hmac.digestInto(this.#room, at - 64 + digits.length, this.#digest, 0);
    return this.#index;
  }
}

/** Tails repeat by the hundred: their indexes are kept. */
class TailIndexer {
  readonly #kind: KindIndexer;
  readonly #met = new Map<string, Buffer>();

  constructor(hmac: QuickHmac, domain: string) {
    this.#kind = new KindIndexer(hmac, domain);
  }

  of(text: string): Buffer {
    const tail = text.slice(-tailLength);
    let index = this.#met.get(tail);
    if (!index) {
      index = Buffer.from(this.#kind.of(tail));
      this.#met.set(tail, index);
    }
    return index;
  }
}

/** Indexes of a made-up resident, whose number is an identity card's and whose telephone has digits only. */
export type IndexResident = (idNo: string, phone: string) => ReturnType<typeof indexesOf>;

/** The product's indexes at a fraction of the cost; a test holds them against the product's. They hold until the next. */
export function quickIndexes(key: Uint8Array): IndexResident {
  const hmac = new QuickHmac(key);
  const identity = new KindIndexer(hmac, 'resident.identity');
  const idTail = new TailIndexer(hmac, 'resident.id-tail');
  const phones = new KindIndexer(hmac, 'resident.phone');
  const phoneTail = new TailIndexer(hmac, 'resident.phone-tail');
  return (idNo, phone) => {
    // The check digit says nothing of the person; a card's two indexes are one.
    const index = identity.of(idNo.slice(0, 17));
    return {
      id_no_index: index,
      identity_index: index,
      id_tail_index: idTail.of(idNo),
      phone_index: phones.of(phone),
      phone_tail_index: phoneTail.of(phone),
    };
  };
}
