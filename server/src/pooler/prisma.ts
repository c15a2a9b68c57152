import type { Snapshot } from "../core/snapshot.ts";

/** Which environment variables the Prisma schemas and configurations of the workspace connect through. */
export interface PrismaVariables {
  readonly pooled: readonly string[];
  /** What migrations use, past the pooler: `directUrl`, and the configuration's own `url` beside clients of another. */
  readonly direct: ReadonlySet<string>;
}

export const readPrismaVariables = (snapshot: Snapshot): PrismaVariables => {
  const files = [...snapshot.configurations];
  const schemas = files.filter(([path]) => path.endsWith(".prisma")).map(([, text]) => text);
  const blocks = schemas.flatMap((text) => text.match(/^\s*datasource\s+\w+\s*\{[^}]*\}/gm) ?? []);
  const ofSchemas = blocks.flatMap((block) => variableOf(block, "url"));
  const configurations = files.filter(([path]) => isPrismaConfiguration(path)).map(([, text]) => datasourceOf(text));
  const ofConfigurations = configurations.flatMap((block) => variableOf(block, "url"));
  const pooled = [...ofSchemas, ...ofConfigurations.filter((name) => !isDirectByName(name))];
  const direct = [
    ...blocks.flatMap((block) => variableOf(block, "directUrl")),
    ...configurations.flatMap((block) => variableOf(block, "directUrl")),
  ];
  return { pooled, direct: new Set(direct.filter((name) => !pooled.includes(name))) };
};

const isPrismaConfiguration = (path: string): boolean => /(?:^|\/)prisma\.config\.[cm]?[jt]s$/.test(path);

/** `datasource: { … }` of a `prisma.config.ts`, without its comments. Empty where there is none. */
const datasourceOf = (text: string): string => {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|[\s;,{])\/\/[^\n]*/g, "$1");
  return /\bdatasource\s*:\s*\{[^}]*\}/.exec(code)?.[0] ?? "";
};

/** `url = env("NAME")` in a schema; `url: env("NAME")`, `process.env.NAME`, `process.env["NAME"]` in a configuration. */
const variableOf = (block: string, property: "url" | "directUrl"): readonly string[] => {
  const form = new RegExp(
    `(?<![\\w.])${property}\\s*[=:]\\s*(?:env(?:<[^>]*>)?\\(\\s*["'\`]([^"'\`]+)["'\`]\\s*\\)|process\\.env(?:\\.(\\w+)|\\[\\s*["'](\\w+)["']))`,
    "m",
  );
  const found = form.exec(block);
  const name = found?.[1] ?? found?.[2] ?? found?.[3];
  return name === undefined ? [] : [name];
};

const isDirectByName = (name: string): boolean => /DIRECT|UNPOOLED|NON_POOLING/.test(name);
