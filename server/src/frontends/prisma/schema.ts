import type { Span } from "../../core/text.ts";

/** What a Prisma schema says of the database and of the generated client. */
export interface PrismaSchema {
  readonly datasource?: {
    /** From `datasource` to its closing brace. */
    readonly span: Span;
    readonly provider?: string;
    /** The name in `url = env("NAME")`. */
    readonly environment?: string;
    /** The text in `url = "…"`, with the span of its quotes. */
    readonly url?: { readonly text: string; readonly span: Span };
  };
  /** Where the clients are generated, as written. */
  readonly outputs: readonly string[];
}

const blocks = /^[ \t]*(datasource|generator)[ \t]+\w+[ \t]*\{([^}]*)\}/gm;

/** Reads the `datasource` and `generator` blocks of a schema; whatever else it holds is passed over. */
export function readPrismaSchema(text: string): PrismaSchema {
  const outputs: string[] = [];
  let datasource: PrismaSchema["datasource"];
  for (const match of text.matchAll(blocks)) {
    const [whole, kind, body = ""] = match;
    const start = match.index + whole.search(/\S/);
    if (kind === "generator") {
      const output = /^[ \t]*output[ \t]*=[ \t]*"([^"\n]*)"/m.exec(body)?.[1];
      if (output !== undefined) outputs.push(output);
      continue;
    }
    const provider = /^[ \t]*provider[ \t]*=[ \t]*"([^"\n]*)"/m.exec(body)?.[1];
    const environment = /^[ \t]*url[ \t]*=[ \t]*env\("([^"\n]*)"\)/m.exec(body)?.[1];
    const literal = /^[ \t]*url[ \t]*=[ \t]*("([^"\n]*)")/dm.exec(body);
    const at = match.index + whole.length - 1 - body.length;
    const quotes = literal?.indices?.[1];
    datasource ??= {
      span: { start, end: match.index + whole.length },
      ...(provider === undefined ? {} : { provider }),
      ...(environment === undefined ? {} : { environment }),
      ...(literal === null || quotes === undefined
        ? {}
        : { url: { text: literal[2] ?? "", span: { start: at + quotes[0], end: at + quotes[1] } } }),
    };
  }
  return { outputs, ...(datasource === undefined ? {} : { datasource }) };
}
