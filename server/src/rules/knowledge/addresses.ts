import type { Bouncer } from "../../core/ini.ts";
import { isFilledIn, readNames } from "../../pgbouncer/values.ts";
import { databasesOf, valueIn } from "./ini.ts";

/** The addresses on which others than this machine can reach PgBouncer; empty where there are none or they are not known. */
export const openAddresses = (bouncer: Bouncer): readonly string[] =>
  readNames(valueIn(bouncer, "listen_addr") ?? "").filter((address) => !/\s/.test(address) && !isLoopback(address));

/** Servers beyond this machine, its containers and the private network, as far as their names tell. */
export const remoteHosts = (bouncer: Bouncer): readonly string[] => [
  ...new Set(
    databasesOf(bouncer)
      .flatMap(({ parameters }) => (parameters.get("host")?.value ?? "").split(","))
      .filter(isRemote),
  ),
];

const isLoopback = (address: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i.test(address);

/** A name without a dot is a container or a machine nearby; so are names that no public DNS has. */
const isRemote = (host: string): boolean =>
  /[.:]/.test(host) &&
  !host.startsWith("/") &&
  !isFilledIn(host) &&
  !isLoopback(host) &&
  !isPrivateAddress(host) &&
  !/\.(?:local|localhost|internal|lan|home|intranet|corp|test|example|invalid|cluster\.local|svc)\.?$/i.test(host) &&
  !/\.svc\./i.test(host) &&
  !/(?:^|\.)example\.(?:com|org|net)$/i.test(host);

const isPrivateAddress = (host: string): boolean =>
  /^(?:0\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    host,
  ) || /^(?:f[cd]|fe80)[0-9a-f]*:/i.test(host);

/** A configuration for tests, examples or somebody's own machine, by the names of its last folders. */
export const isForDevelopment = ({ path }: Bouncer): boolean =>
  /(?:^|[/._-])(?:tests?|e2e|spec|fixtures?|examples?|samples?|docs?|bench(?:mark)?s?|dev|devel|development|local|ci|demo)(?:[/._-]|$)/i.test(
    path.split("/").slice(-3).join("/"),
  );
