import { createAnalyzer } from "../../../server/src/analyze.ts";
import { snapshotOf } from "../../snapshot.ts";
import { included } from "./table.ts";

const analyzer = createAnalyzer();

/** What bouncer-safe says about whether that version of PgBouncer starts with the file: the reasons why it does not. */
export async function reasonsAgainst(text: string, version: string): Promise<readonly string[]> {
  const settings = JSON.stringify({ pooler: { version } });
  const beside = Object.entries(included).filter(([name]) => text.includes(name));
  const inis = Object.fromEntries(
    [...beside, ["pgbouncer.ini", text] as const].map(([name, source]) => [name, filled(source)]),
  );
  const files = { ...inis, "bouncer-safe.json": settings };
  const { findings, crashes } = await analyzer.analyze(snapshotOf(files));
  if (crashes.length > 0) throw new Error(crashes[0]?.message);
  return findings
    .filter(({ rule, message }) => rule.startsWith("ini-") && message.includes("does not start"))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const filled = (text: string): string => text.replaceAll("{port}", "6432").replaceAll("{folder}", "/srv/pgbouncer");
