/**
 * A user's name as a number of 32 bits: enough to tell whether a connection's user is one that the pooler's configuration names, without
 * carrying the name along. By FNV-1a.
 */
export const userDigest = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};
