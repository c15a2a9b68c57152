/**
 * The `key=value` pairs of a text as libpq reads it: values bare or in single quotes, `\` before what stands for itself, a quote also doubled.
 * Ends where the text stops being pairs.
 */
export const readConninfo = (text: string): readonly (readonly [key: string, value: string])[] =>
  Array.from(text.matchAll(pair), ({ groups }) => {
    const { key = "", quoted, bare = "" } = groups ?? {};
    return [key, quoted === undefined ? bare.replace(/\\(.)/g, "$1") : unquote(quoted)];
  });

const pair = /\s*(?<key>[\w.-]+)\s*=\s*(?:(?<quoted>'(?:[^'\\]|\\.|'')*')|(?<bare>[^\s'][^\s]*)?)/gy;

const unquote = (text: string): string => text.slice(1, -1).replaceAll("''", "'").replace(/\\(.)/g, "$1");
