import type { Span } from "../core/text.ts";

/** Writes small numbers in one byte each, and every text and every span object once. */
export class Writer {
  #bytes = new Uint8Array(16_384);
  #length = 0;
  #last = 0;
  #spans = new Map<Span, number>();
  readonly #texts = new Map<string, number>();

  /** The texts that the bytes speak of by number. */
  get texts(): Iterable<string> {
    return this.#texts.keys();
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Seven bits a byte, for whole numbers from 0 on. Throws for others: what holds them is not as its type says. */
  number(value: number): void {
    if (!(value >= 0)) throw new RangeError(`${value}`);
    if (this.#length + 8 > this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  text(value: string): void {
    let index = this.#texts.get(value);
    if (index === undefined) {
      index = this.#texts.size;
      this.#texts.set(value, index);
    }
    this.number(index);
  }

  /** What is said of one piece of text by one object stays one object: spans are moved as such. */
  span(value: Span): void {
    const known = this.#spans.get(value);
    if (known !== undefined) {
      this.number(0);
      this.number(this.#spans.size - known);
      return;
    }
    this.#spans.set(value, this.#spans.size);
    const by = value.start - this.#last;
    this.number(by < 0 ? -2 * by : 2 * by + 1);
    this.number(value.end - value.start);
    this.#last = value.start;
  }

  list<T>(values: readonly T[], write: (value: T) => void): void {
    this.number(values.length);
    for (const value of values) write(value);
  }

  /** What follows can be read without what was written so far, the texts aside. */
  part(): void {
    this.#spans = new Map();
    this.#last = 0;
  }
}

/** Reads what a `Writer` wrote. Of bytes that none wrote it makes anything: their checksum has to be known to be right. */
export class Reader {
  #at: number;
  #last = 0;
  readonly #spans: Span[] = [];

  constructor(
    readonly bytes: Uint8Array,
    readonly texts: readonly string[],
    start: number,
  ) {
    this.#at = start;
  }

  get at(): number {
    return this.#at;
  }

  number(): number {
    const { bytes } = this;
    let byte = bytes[this.#at++] as number;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; ; shift += 7) {
      byte = bytes[this.#at++] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

  text(): string {
    return this.texts[this.number()] as string;
  }

  span(): Span {
    const code = this.number();
    if (code === 0) return this.#spans[this.#spans.length - this.number()] as Span;
    const start = this.#last + ((code & 1) === 0 ? -(code >>> 1) : code >>> 1);
    const made = { start, end: start + this.number() };
    this.#last = start;
    this.#spans.push(made);
    return made;
  }
}
