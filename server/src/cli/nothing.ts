import type { Analysis } from "../analyze.ts";
import type { Snapshot } from "../core/snapshot.ts";

/** True where there is nothing to analyse: no code, and no word of a pooler in files or settings. */
export const isNothing = ({ sources, configurations, settings }: Snapshot): boolean =>
  sources.size === 0 && configurations.size === 0 && Object.keys(settings.pooler).length === 0;

/** What the analysis of nothing answers, which is known without the engine. */
export const nothing: Analysis = {
  findings: [],
  model: {
    bouncers: [],
    pools: [],
    transactions: [],
    checkouts: [],
    statements: [],
    listens: [],
    implicitTransactions: [],
    prepared: [],
    migrations: [],
    cursors: [],
    replicas: 1,
    text: () => "",
    facts: (path) => {
      throw new Error(`no facts of ${path}`);
    },
    functionAt: (path) => {
      throw new Error(`no functions in ${path}`);
    },
    statementAt: () => undefined,
    projectName: () => undefined,
    packageVersion: () => undefined,
  },
  facts: new Map(),
  profile: {
    kind: { value: "pgbouncer", strength: "assumed", words: "assumes PgBouncer" },
    mode: { value: "transaction", strength: "assumed", words: "assumes transaction pooling" },
  },
  poolers: [],
  crashes: [],
  timing: [],
};
