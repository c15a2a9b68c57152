import type { SqlCommand, SqlDeed } from "./command.ts";

/** What a text does, statement by statement. */
export const readSql = (pieces: readonly (string | undefined)[]): readonly SqlCommand[] => {
  const text = pieces.map((piece) => piece ?? "").join("");
  const deed = simple(text.trim());
  return deed ? [{ ...deed, span: { start: 0, end: text.length } }] : [];
};

const simple = (text: string): SqlDeed | undefined => {
  if (/^(begin|start\s+transaction)\b[^:]*$/i.test(text)) return { does: "begin" };
  if (/^(commit|end)\b/i.test(text)) return { does: "commit", chain: false };
  if (/^(rollback|abort)\b/i.test(text)) return { does: "rollback", chain: false };
  return undefined;
};
