import { closeSync, openSync, readFileSync, readSync } from "node:fs";

/** How a file's bytes stand for its text, so that a changed text can be written back the same way. */
export type Encoding = "utf-8" | "utf-8 with bom" | "utf-16le" | "utf-16be";

export interface Decoded {
  /** Without a byte order mark: offsets are those that an editor shows. */
  readonly text: string;
  readonly encoding: Encoding;
  /** False where the bytes are not valid in the encoding: the text holds U+FFFD and must not be written back. */
  readonly faithful: boolean;
}

export const decode = (bytes: Buffer): Decoded => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: bytes.toString("utf16le", 2), encoding: "utf-16le", faithful: bytes.length % 2 === 0 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
    return { text: even.swap16().toString("utf16le"), encoding: "utf-16be", faithful: bytes.length % 2 === 0 };
  }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString("utf8", marked ? 3 : 0);
  // Only a text that holds the replacement character can have lost bytes.
  const faithful = !text.includes("\ufffd") || Buffer.from(text, "utf8").equals(bytes.subarray(marked ? 3 : 0));
  return { text, encoding: marked ? "utf-8 with bom" : "utf-8", faithful };
};

export const encode = (text: string, encoding: Encoding): Buffer => {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(text, "utf8");
    case "utf-8 with bom":
      return Buffer.from(`\ufeff${text}`, "utf8");
    case "utf-16le":
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case "utf-16be":
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  }
};

/** Bytes above which a file is looked at closer before it is taken for a source. */
export const largeFile = 1_048_576;
/** Bytes above which a file is never a source. */
const hugeFile = 16 * largeFile;

/** One buffer for every read: allocating one for each file costs more than the read itself (60 against 80 ms for 7,000 files). */
const shared = Buffer.allocUnsafeSlow(largeFile + 1);
/** Bytes of a page of memory. */
const page = 4_096;

/**
 * The bytes of a file, valid until the next call. At most `largeFile + 1` of them: a longer answer than `largeFile` means that there is more.
 * Throws what the file system throws.
 */
export const readShared = (path: string): Buffer => {
  const file = openSync(path, "r");
  try {
    let length = 0;
    // A network file system may answer in pieces, which are whole pages: anything else is the end, and no further read has to find that out.
    for (;;) {
      const read = readSync(file, shared, length, shared.length - length, null);
      length += read;
      if (read % page !== 0 || read === 0 || length === shared.length) break;
    }
    return shared.subarray(0, length);
  } finally {
    closeSync(file);
  }
};

/** All bytes of a file, valid until the next call. Throws what the file system throws. */
export const readWhole = (path: string): Buffer => {
  const bytes = readShared(path);
  return bytes.length > largeFile ? readFileSync(path) : bytes;
};

/** All bytes of a file that `readShared` found to be large; undefined for one that is too large for any source. */
export const readLarge = (path: string): Buffer | undefined => {
  const bytes = readFileSync(path);
  return bytes.length > hugeFile ? undefined : bytes;
};

/**
 * A text with one character a byte, which is the fastest to make and to search; a file in UTF-16 is decoded. Without a mark: what is searched for may
 * be the first thing in a file.
 */
export const searchable = (bytes: Buffer): string =>
  bytes[0] === 0xff || bytes[0] === 0xfe ? decode(bytes).text : bytes.toString("latin1", bytes[0] === 0xef ? 3 : 0);

/** Files below this size are never taken for generated: parsing them costs little. */
const smallFile = 65_536;
/** Bytes a line. Formatted code stays under 60, also with long SQL texts; bundles have thousands. */
const longestAverageLine = 300;

/** True where the lines are as long as only generated code has them. */
export const looksGenerated = (bytes: Buffer): boolean => {
  if (bytes.length < smallFile) return false;
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return bytes.length / lines > longestAverageLine;
};

/** A zero byte near the start that no UTF-16 mark explains. */
export const looksBinary = (bytes: Buffer): boolean => {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !marked && bytes.subarray(0, 8_000).includes(0);
};
