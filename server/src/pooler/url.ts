import { readConninfo } from "./conninfo.ts";
import { userDigest } from "./user.ts";

/** A connection URL or DSN without its secrets. */
export interface UrlParts {
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  /** `userDigest` of the user. */
  readonly user?: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** False where a piece of it is not known. */
  readonly complete: boolean;
}

/** Stands for an unknown piece of a text; no URL holds this private use character. */
export const unknownSign = "\uE000";

const postgresSchemes = /^(?:jdbc:)?(?:postgres(?:ql)?|pg|pgsql|cockroachdb|prisma\+postgres)(?:\+\w+)?$/;

/** Databases that are not PostgreSQL: worth knowing, so that their pools are left alone; nothing of them is kept but the scheme. */
const otherSchemes =
  /^(?:jdbc:)?(?:mysql2?|mariadb|sqlite3?|libsql|mssql|sqlserver|oracle|mongodb(?:\+srv)?|rediss?|prisma|file|http|https|ws|wss|amqps?|kafka|nats)(?:\+\w+)?$/;

/** Query parameters that hold a secret or a person's name. Their names are dropped with their values. */
const secretParameter = /pass|pwd|secret|token|credential|^user(?:name)?$|^sslkey$|key$/i;

/**
 * Takes a connection URL (`postgres://…`) or libpq DSN (`host=… dbname=…`) apart; `undefined` pieces of a template, or `unknownSign` in a text,
 * are unknown.
 * User and password are dropped here and go nowhere else; of the user a number is kept that tells it from others. Undefined where the text is neither.
 */
export const parseUrl = (text: string | readonly (string | undefined)[]): UrlParts | undefined => {
  const whole = typeof text === "string" ? text : text.map((piece) => piece ?? unknownSign).join("");
  const trimmed = whole.trim();
  const scheme = /^(?:jdbc:)?[a-z][a-z0-9+.-]*(?=:)/i.exec(trimmed)?.[0].toLowerCase();
  if (scheme && otherSchemes.test(scheme)) return { scheme, parameters: {}, complete: !trimmed.includes(unknownSign) };
  const rest = scheme && trimmed.slice(scheme.length).startsWith("://") ? trimmed.slice(scheme.length + 3) : undefined;
  if (scheme && rest !== undefined && postgresSchemes.test(scheme)) return urlParts(scheme, rest);
  return /^(?:host|hostaddr|port|dbname|user|password|service|sslmode|application_name)\s*=/i.test(trimmed)
    ? dsnParts(trimmed)
    : undefined;
};

export const isPostgresScheme = (scheme: string | undefined): boolean =>
  scheme !== undefined && postgresSchemes.test(scheme);

const urlParts = (scheme: string, rest: string): UrlParts => {
  const [beforeFragment = ""] = rest.split("#", 1);
  // A password may hold `?` or `/` where nobody encoded it: the last `@` before the query's first `=` ends the secrets.
  const query = queryStart(beforeFragment);
  const authorityAndPath = query < 0 ? beforeFragment : beforeFragment.slice(0, query);
  const withoutUser = authorityAndPath.slice(authorityAndPath.lastIndexOf("@") + 1);
  const slash = withoutUser.indexOf("/");
  const authority = slash < 0 ? withoutUser : withoutUser.slice(0, slash);
  const path = slash < 0 ? undefined : withoutUser.slice(slash + 1);
  // Several hosts: the first one is tried first.
  const [first = ""] = authority.split(",", 1);
  const { host, port } = hostAndPort(first);
  // `postgres://user:pass`, half typed: without `@` what looks like a host is somebody's name.
  const isHost =
    port === undefined || /^\d*$/.test(port) || port.includes(unknownSign) || authorityAndPath.includes("@");
  const queryText = query < 0 ? "" : beforeFragment.slice(query + 1);
  const parameters = queryParameters(queryText);
  return {
    scheme,
    ...known("host", parameters.host ?? (isHost ? host : undefined)),
    ...knownPort(parameters.port ?? port),
    ...known("database", path === undefined ? undefined : decode(path)),
    ...knownUser(userOf(authorityAndPath) ?? queryUser(queryText)),
    parameters,
    complete: !`${authority}/${path ?? ""}?${queryText}`.includes(unknownSign),
  };
};

/** The `?` of the query: the first one after the last `@` that is followed by no further `@` of the authority. */
const queryStart = (text: string): number => {
  const at = text.lastIndexOf("@");
  const afterUser = text.indexOf("?", Math.max(at, 0));
  if (afterUser >= 0) return afterUser;
  // The last `@` may stand in the query itself (`?options=a@b`).
  const first = text.indexOf("?");
  return first >= 0 && text.slice(0, first).includes("/") && text.slice(first).includes("=") ? first : -1;
};

const userOf = (authorityAndPath: string): string | undefined => {
  const end = authorityAndPath.lastIndexOf("@");
  return end < 0 ? undefined : decode(authorityAndPath.slice(0, end).split(":", 1)[0] ?? "");
};

const queryUser = (query: string): string | undefined => {
  const found = /(?:^|&)user=([^&]*)/.exec(query)?.[1];
  return found === undefined ? undefined : decode(found);
};

const knownUser = (name: string | undefined): { readonly user?: number } =>
  name === undefined || name === "" || name.includes(unknownSign) ? {} : { user: userDigest(name) };

const hostAndPort = (text: string): { readonly host: string | undefined; readonly port: string | undefined } => {
  const found = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>.*))?$/.exec(text)?.groups;
  return { host: found?.host ? decode(found.host) : undefined, port: found?.port };
};

const queryParameters = (query: string): Readonly<Record<string, string>> => {
  const parameters: Record<string, string> = {};
  for (const part of query.split("&")) {
    const [key, ...value] = part.split("=");
    const name = decode(key ?? "");
    if (name !== "" && !name.includes(unknownSign) && !secretParameter.test(name)) {
      const text = decode(value.join("="));
      if (!text.includes(unknownSign)) parameters[name] = text;
    }
  }
  return parameters;
};

const dsnParts = (text: string): UrlParts => {
  const parameters: Record<string, string> = {};
  let host: string | undefined;
  let port: string | undefined;
  let database: string | undefined;
  let user: string | undefined;
  for (const [key, value] of readConninfo(text)) {
    if (key === "host" || key === "hostaddr") host ??= value.split(",", 1)[0];
    else if (key === "port") port = value.split(",", 1)[0];
    else if (key === "dbname") database = value;
    else if (key === "user") user = value;
    else if (!secretParameter.test(key) && !value.includes(unknownSign)) parameters[key] = value;
  }
  return {
    ...known("host", host),
    ...knownPort(port),
    ...known("database", database),
    ...knownUser(user),
    parameters,
    complete: !text.includes(unknownSign),
  };
};

const known = <K extends string>(name: K, text: string | undefined): { readonly [P in K]?: string } =>
  (text === undefined || text === "" || text.includes(unknownSign) ? {} : { [name]: text }) as {
    readonly [P in K]?: string;
  };

const knownPort = (text: string | undefined): { readonly port?: number } =>
  text !== undefined && /^\d{1,5}$/.test(text) ? { port: Number(text) } : {};

/** Percent decoding; a broken escape leaves the text as it is. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return text;
  }
};
