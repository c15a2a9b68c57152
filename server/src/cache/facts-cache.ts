import { readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { FileFacts } from "../core/facts.ts";
import { holdsSecret } from "../core/secrets.ts";
import { Digest } from "../workspace/digest.ts";
import { FactsFile, type Packed, packFacts } from "./facts-file.ts";
import { forgetOld, keep } from "./files.ts";
import { type Written, writeFacts } from "./write-facts.ts";

/** Where facts are kept, and for whom. */
export interface FactsPlace {
  /** The user's own folder for what can be made again. */
  readonly folder: string;
  /** Tells one build of the program from another: facts are those of its front ends. */
  readonly build: string;
  /** The folders that are analysed together. */
  readonly roots: readonly string[];
}

/** Facts that were found out, with the text that they are of. */
export interface Known {
  readonly text: string;
  readonly facts: FileFacts;
}

/** Facts of workspaces where nobody was for this long are thrown away. In ms. */
const maximumAge = 14 * 24 * 3_600_000;
/** Facts that were only read are marked as used this often. In ms. */
const day = 24 * 3_600_000;
/** Of all workspaces together. A repository of 200 files with transactions has 2 MB. */
const maximumBytes = 256 * 1_048_576;
/** Of one. */
const most = 64 * 1_048_576;

/**
 * Keeps the facts of files from one run to the next, by the content of the files: reading them takes a fifth of the time that parsing takes, and the
 * compiler need not be loaded. One file a workspace. What is damaged, or of another build, is as good as nothing, and is replaced.
 */
export class FactsCache {
  readonly #path: string;
  /** Texts that are not kept, by their digest. */
  readonly #withheld = new Set<string>();
  #file: FactsFile | undefined;

  constructor(private readonly place: FactsPlace) {
    this.#path = join(place.folder, `facts-${new Digest().text(JSON.stringify(place.roots))}.bin`);
  }

  /** The facts of a text, as a front end finds them, other objects each time; undefined where they are not known. */
  factsOf(path: string, text: string): FileFacts | undefined {
    this.#file ??= this.#read();
    if (!this.#file.has(path)) return undefined;
    try {
      return this.#file.factsOf(path, text, digestOf(text));
    } catch {
      // Somebody wrote something else there, with the right checksum.
      return undefined;
    }
  }

  /** Leaves these facts to the next run, and forgets all others. Takes its time. */
  keep(all: ReadonlyMap<string, Known>): void {
    // Somebody else may have written meanwhile.
    const before = this.#read();
    this.#file = undefined;
    const packed = new Map<string, Packed>();
    let bytes = 0;
    let isNew = false;
    for (const [path, { text, facts }] of all) {
      const digest = digestOf(text);
      let one = before.packed(path, digest);
      if (one === undefined) {
        if (this.#withheld.has(digest)) continue;
        const written = writeFacts(facts, text);
        if (holdsSomethingOf(written, text)) {
          this.#withheld.add(digest);
          continue;
        }
        one = packFacts(written, digest);
        isNew = true;
      }
      bytes += one.bytes.length + one.texts.length;
      if (bytes > most) break;
      packed.set(path, one);
    }
    if (!isNew) {
      this.#use();
      return;
    }
    keep(this.#path, FactsFile.bytesOf(this.place.build, packed));
    forgetOld(this.place.folder, /^facts-.*\.bin/, maximumAge, maximumBytes);
  }

  #read(): FactsFile {
    try {
      return FactsFile.of(readFileSync(this.#path), this.place.build);
    } catch {
      return FactsFile.empty;
    }
  }

  /** Those that are used are not old. */
  #use(): void {
    try {
      const now = Date.now();
      if (statSync(this.#path).mtimeMs < now - day) utimesSync(this.#path, now / 1_000, now / 1_000);
    } catch {
      // There is none.
    }
  }
}

/** Whether what is written of a text may hold a secret of it: a password that is spelled with an escape is none of the text's own words. */
const holdsSomethingOf = ({ texts }: Written, text: string): boolean =>
  texts.some((one) => one.length > 3 && one !== "default" && !/^[\d.e+-]+$/.test(one)) &&
  (holdsSecret(text) || text.includes("PRIVATE KEY-----"));

const digestOf = (text: string): string => new Digest().text(text).toString();
