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
const knowledge: Readonly<Record<PoolerKind, PoolerKnowledge>> = {
  supavisor,
  neon,
  "rds-proxy": rdsProxy,
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
};

/** In the order in which they are tried. */
export const poolerKinds: readonly PoolerKnowledge[] = Object.values(knowledge);

export const knowledgeOf = (kind: PoolerKind): PoolerKnowledge => knowledge[kind];
