import type { PoolerKind } from "../../core/profile.ts";
import type { PoolerKnowledge } from "../knowledge.ts";
import { azure } from "./azure.ts";
import { crunchy } from "./crunchy.ts";
import { digitalocean } from "./digitalocean.ts";
import { heroku } from "./heroku.ts";
import { hyperdrive } from "./hyperdrive.ts";
import { neon } from "./neon.ts";
import { odyssey } from "./odyssey.ts";
import { pgbouncer } from "./pgbouncer.ts";
import { pgcat } from "./pgcat.ts";
import { pgdog } from "./pgdog.ts";
import { railway } from "./railway.ts";
import { rdsProxy } from "./rds-proxy.ts";
import { supavisor } from "./supavisor.ts";

/** Services before programs: `pgbouncer.railway.internal` is Railway's. */
export const poolerKinds: readonly PoolerKnowledge[] = [
  supavisor,
  neon,
  rdsProxy,
  azure,
  digitalocean,
  heroku,
  crunchy,
  railway,
  hyperdrive,
  pgcat,
  odyssey,
  pgdog,
  pgbouncer,
];

export const knowledgeOf = (kind: PoolerKind): PoolerKnowledge => {
  const found = poolerKinds.find((each) => each.kind === kind);
  if (!found) throw new Error(`no file describes the pooler ${kind}`);
  return found;
};
