import { decode, largeFile, looksBinary, readShared, searchable } from "./read.ts";

/** By the end of the name: what the text of a file must hold to be of interest. Their names alone say nothing. */
const marks: Readonly<Record<string, RegExp>> = {
  ".ini": /^[ \t]*\[(?:pgbouncer|databases)\]/im,
  ".yaml": /pg-?bouncer|pgcat|pgdog|odyssey|supavisor|pooler/i,
  ".yml": /pg-?bouncer|pgcat|pgdog|odyssey|supavisor|pooler/i,
  // A pool's mode may be a variable or a local value of the file beside it.
  ".tf":
    /digitalocean_database_connection_pool|aws_db_proxy|^[ \t]*variable[ \t]+"[\w-]*(?:pool|mode|size|timeout)|^locals\b/m,
  ".toml": /^[ \t]*\[(?:pools\.|\[users\]\]|\[databases\]\])|^[ \t]*pooler_mode\b/m,
};

/** A file that may be a pooler's by the end of its name. Locks of package managers are none, and large. */
export const isCandidate = (name: string): boolean =>
  Object.hasOwn(marks, endingOf(name)) && !/(?:^|[-.])lock\.ya?ml$/.test(name);

/** Whether the text of a candidate is of interest. */
export const isOfPooler = (name: string, text: string): boolean => marks[endingOf(name)]?.test(text) ?? false;

/** The text of a candidate; undefined where it is nobody's configuration: of most that is seen before they are decoded. Throws what the file system throws. */
export const readCandidate = (path: string): ReturnType<typeof decode> | undefined => {
  const bytes = readShared(path);
  if (bytes.length > largeFile || looksBinary(bytes)) return undefined;
  return isOfPooler(path, searchable(bytes)) ? decode(bytes) : undefined;
};

const endingOf = (name: string): string => name.slice(Math.max(name.lastIndexOf("."), 0)).toLowerCase();
