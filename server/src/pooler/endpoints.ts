import type { UrlFacts } from "../core/model.ts";
import type { PoolerKind } from "../core/profile.ts";
import { poolerKinds } from "./kinds/index.ts";
import type { Endpoint, PoolerKnowledge } from "./knowledge.ts";

/** What a host, with its port, says. */
export interface RecognisedEndpoint {
  readonly knowledge: PoolerKnowledge;
  readonly endpoint: Endpoint;
}

export const recogniseHost = ({ host, port }: UrlFacts): RecognisedEndpoint | undefined => {
  if (host === undefined) return undefined;
  for (const knowledge of poolerKinds) {
    const endpoint = knowledge.endpoints.find(
      (each) => each.host.test(host) && (each.port === undefined || each.port === (port ?? 5432)),
    );
    if (endpoint) return { knowledge, endpoint };
  }
  return undefined;
};

/** A variable whose name alone says which pooler its URL leads to. */
export const recogniseVariable = (name: string): PoolerKnowledge | undefined =>
  poolerKinds.find(({ environment }) => environment?.test(name));

/** Names that people give to the way past the pooler. */
export const isDirectName = (name: string): boolean =>
  /(?:^|_)(?:DIRECT|UNPOOLED|NON_?POOL(?:ING|ED)|NO_?POOL(?:ER)?|WITHOUT_POOL(?:ER|ING)?)(?:_|$)/.test(name);

/** Ports that poolers listen on by default: a hint, no proof. */
export const kindOfPort = (port: number): PoolerKind | undefined =>
  port === 6432 ? "pgbouncer" : port === 6543 ? "supavisor" : port === 25061 ? "digitalocean" : undefined;
