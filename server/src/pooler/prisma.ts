import type { Snapshot } from "../core/snapshot.ts";

/** Which environment variables the Prisma schemas of the workspace connect through. */
export interface PrismaVariables {
  readonly pooled: readonly string[];
  /** `directUrl`: what migrations use, past the pooler. */
  readonly direct: ReadonlySet<string>;
}

export const readPrismaVariables = (snapshot: Snapshot): PrismaVariables => {
  const schemas = [...snapshot.configurations].filter(([path]) => path.endsWith(".prisma")).map(([, text]) => text);
  const blocks = schemas.flatMap((text) => text.match(/^\s*datasource\s+\w+\s*\{[^}]*\}/gm) ?? []);
  const pooled = blocks.flatMap((block) => variableOf(block, "url"));
  const direct = blocks.flatMap((block) => variableOf(block, "directUrl"));
  return { pooled, direct: new Set(direct.filter((name) => !pooled.includes(name))) };
};

const variableOf = (block: string, property: "url" | "directUrl"): readonly string[] => {
  const found = new RegExp(`^\\s*${property}\\s*=\\s*env\\(\\s*"([^"]+)"\\s*\\)`, "m").exec(block)?.[1];
  return found === undefined ? [] : [found];
};
