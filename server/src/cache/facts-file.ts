import type { FileFacts } from "../core/facts.ts";
import { readFacts } from "./read-facts.ts";
import type { Written } from "./write-facts.ts";

/** The facts of one file as they are kept. */
export interface Packed {
  /** Of the text that they are of. */
  readonly digest: string;
  readonly texts: Uint8Array;
  readonly bytes: Uint8Array;
}

/** A line of the table of contents: path, digest of the text, where its bytes begin, how many of them are texts and how many facts, their checksum. */
type Entry = readonly [path: string, digest: string, start: number, texts: number, facts: number, sum: number];

interface Contents {
  readonly build: string;
  readonly entries: readonly Entry[];
}

/** Before everything else, so that no other file is taken for one of these. */
const mark = "bouncer-safe facts 1\n";
/** The mark, then the length and the checksum of the table of contents, which follows. */
const headLength = mark.length + 8;

export const packFacts = ({ texts, bytes }: Written, digest: string): Packed => ({
  digest,
  texts: Buffer.from(JSON.stringify(texts)),
  bytes,
});

/** Facts of many files as bytes, each to be read on its own. */
export class FactsFile {
  static readonly empty = new FactsFile(Buffer.alloc(0), []);
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    private readonly bytes: Buffer,
    entries: readonly Entry[],
  ) {
    this.#entries = new Map(entries.map((entry) => [entry[0], entry]));
  }

  /** Those that `bytesOf` made of facts of the same build; of anything else, an empty one. */
  static of(bytes: Buffer, build: string): FactsFile {
    if (bytes.length < headLength || bytes.toString("latin1", 0, mark.length) !== mark) return FactsFile.empty;
    const start = headLength + bytes.readUInt32LE(mark.length);
    const table = bytes.subarray(headLength, start);
    if (sumOf(table) !== bytes.readUInt32LE(mark.length + 4)) return FactsFile.empty;
    const contents = JSON.parse(table.toString()) as Contents;
    return contents.build === build ? new FactsFile(bytes.subarray(start), contents.entries) : FactsFile.empty;
  }

  static bytesOf(build: string, all: ReadonlyMap<string, Packed>): Buffer {
    const entries: Entry[] = [];
    const parts: Uint8Array[] = [];
    let start = 0;
    for (const [path, { digest, texts, bytes }] of all) {
      const both = Buffer.concat([texts, bytes]);
      entries.push([path, digest, start, texts.length, bytes.length, sumOf(both)]);
      parts.push(both);
      start += both.length;
    }
    const table = Buffer.from(JSON.stringify({ build, entries } satisfies Contents));
    const head = Buffer.alloc(headLength);
    head.write(mark, "latin1");
    head.writeUInt32LE(table.length, mark.length);
    head.writeUInt32LE(sumOf(table), mark.length + 4);
    return Buffer.concat([head, table, ...parts]);
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** The facts of a path as they are kept; undefined where they are of another text, or damaged. */
  packed(path: string, digest: string): Packed | undefined {
    const entry = this.#entries.get(path);
    if (entry === undefined || entry[1] !== digest) return undefined;
    const [, , start, texts, facts, sum] = entry;
    const both = this.bytes.subarray(start, start + texts + facts);
    if (both.length < texts + facts || sumOf(both) !== sum) return undefined;
    return { digest, texts: both.subarray(0, texts), bytes: both.subarray(texts) };
  }

  /** The facts of a path with this text. */
  factsOf(path: string, source: string, digest: string): FileFacts | undefined {
    const packed = this.packed(path, digest);
    if (packed === undefined) return undefined;
    const texts = JSON.parse(Buffer.from(packed.texts).toString()) as string[];
    return readFacts(path, source, { bytes: packed.bytes, texts });
  }
}

/** FNV-1a, which every byte changes. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index++) sum = Math.imul(sum ^ (bytes[index] as number), 0x01000193);
  return sum >>> 0;
}
