import type { Profile } from "../../../server/src/core/profile.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";

/** The profile that a `pgbouncer.ini` of one line states, or the assumed one. */
export function fakeProfile(snapshot: Snapshot): Profile {
  for (const [path, text] of snapshot.configurations) {
    const match = /pool_mode\s*=\s*(session|transaction|statement)/.exec(text);
    if (!path.endsWith("pgbouncer.ini") || !match) continue;
    const place = { path, span: { start: match.index, end: match.index + match[0].length } };
    return {
      kind: { value: "pgbouncer", strength: "stated", words: "pgbouncer.ini", place },
      mode: { value: match[1] as "session", strength: "stated", words: `pgbouncer.ini:1 ${match[0]}`, place },
      version: { value: [1, 24, 1], strength: "stated", words: "compose.yml:3 pgbouncer:1.24.1" },
    };
  }
  return {
    kind: { value: "pgbouncer", strength: "assumed", words: "nothing in the workspace names a pooler" },
    mode: {
      value: snapshot.settings.pooler.mode ?? "transaction",
      strength: "assumed",
      words: "nothing in the workspace names a mode",
    },
  };
}
