import type { Evidenced, PoolerKind } from "../core/profile.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Span } from "../core/text.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler, FoundUser } from "./found.ts";
import { isPoolMode } from "./modes.ts";
import { sameMode } from "./same-mode.ts";
import { Scanner } from "./scanner.ts";
import type { ProfilePart } from "./settings.ts";
import { userDigest } from "./user.ts";

/** `database "app" { user default { pool "transaction" } }`: a word, its values on the same line, and a block. */
interface Statement {
  readonly word: string;
  readonly values: readonly string[];
  readonly span: Span;
  readonly body: readonly Statement[];
}

/** Every Odyssey that a file of the workspace configures. */
export const poolersOfOdyssey = (snapshot: Snapshot): readonly FoundPooler[] =>
  [...snapshot.configurations].flatMap(([path, text]) => {
    if (!path.endsWith(".conf")) return [];
    const statements = readStatements(new Scanner(text, "hash"), 0);
    const routes = statements.filter(({ word, body }) => word === "database" && body.length > 0);
    // The console is no database.
    const pools = routes.filter(({ body }) => !body.some((user) => valueUnder(user, "role") === "admin"));
    const [first] = pools;
    if (!first) return [];
    const databases = new Map<string, ProfilePart>();
    const users: FoundUser[] = [];
    for (const { values, body } of pools) {
      const name = values[0] === "default" || values[0] === undefined ? "*" : values[0];
      const parts = body
        .filter(({ word }) => word === "user")
        .map((user) => ({ user: user.values[0] ?? "default", part: partOf(snapshot, path, text, user) }));
      const everybody = parts.find(({ user }) => user === "default")?.part;
      const only = parts.length === 1 ? parts[0]?.part : undefined;
      databases.set(name, everybody ?? only ?? sameMode(parts.map(({ part }) => part)));
      if (parts.length > 1)
        for (const { user, part } of parts)
          if (user !== "default")
            users.push({ user: userDigest(user), part, ...(name === "*" ? {} : { database: name }) });
    }
    const kind = stated<PoolerKind>("odyssey", spotAt(snapshot, path, text, first.span), "Odyssey's configuration");
    return [
      {
        path,
        source: "own",
        part: { ...(databases.get("*") ?? sameMode([...databases.values()])), kind },
        hosts: [],
        ports: statements
          .filter(({ word }) => word === "listen")
          .map((listen) => Number(valueUnder(listen, "port") ?? 6432)),
        databases,
        users,
        settingsElsewhere: false,
      },
    ];
  });

const partOf = (snapshot: Snapshot, path: string, text: string, { body }: Statement): ProfilePart => {
  const part: Partial<Record<string, Evidenced<unknown>>> = {};
  for (const { word, values, span } of body) {
    const value = values[0]?.toLowerCase() ?? "";
    const spot = spotAt(snapshot, path, text, span);
    const what = `${word} ${value}`;
    if (word === "pool" && isPoolMode(value)) part.mode = stated(value, spot, what);
    // No number stands for one: what matters is that there are some.
    if (word === "pool_reserve_prepared_statement" && /^(?:yes|no)$/.test(value))
      part.maxPreparedStatements = stated(value === "yes" ? 1 : 0, spot, what);
    if (!/^\d+$/.test(value)) continue;
    // 0 is no limit there; a pool without one has no size to be compared with.
    if (word === "pool_size" && value !== "0") part.defaultPoolSize = stated(Number(value), spot, what);
    if (word === "pool_timeout") part.queryWaitTimeout = stated(Number(value) / 1000, spot, what);
    if (word === "client_max") part.maxClientConnections = stated(Number(value), spot, what);
  }
  return part as ProfilePart;
};

const valueUnder = ({ body }: Statement, name: string): string | undefined =>
  body.find(({ word }) => word === name)?.values[0];

const readStatements = (scanner: Scanner, depth: number): readonly Statement[] => {
  const statements: Statement[] = [];
  for (scanner.skipAll(); !scanner.atEnd; scanner.skipAll()) {
    const start = scanner.at;
    if (scanner.take(/\}/y) !== undefined) {
      if (depth > 0) break;
      continue;
    }
    const word = scanner.take(/[A-Za-z_]\w*/y);
    if (word === undefined) {
      scanner.at += 1;
      continue;
    }
    const values: string[] = [];
    let end = scanner.at;
    for (;;) {
      scanner.take(/[ \t]+/y);
      const value = scanner.take(/"(?:[^"\\\n]|\\.)*"|(?:yes|no|default|-?\d[\w.]*)(?![\w-])/y);
      if (value === undefined) break;
      end = scanner.at;
      values.push(value.startsWith('"') ? value.slice(1, -1) : value);
    }
    const opens = scanner.take(/\s*\{/y) !== undefined && depth < 20;
    statements.push({ word, values, span: { start, end }, body: opens ? readStatements(scanner, depth + 1) : [] });
  }
  return statements;
};
