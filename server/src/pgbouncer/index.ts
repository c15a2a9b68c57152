import { isAtLeast, type Version } from "../core/version.ts";
import type { SectionName, Setting, SettingData, SettingsData } from "./setting.ts";
import { accessSettings } from "./settings/access.ts";
import { databaseParameters, peerParameters, userParameters } from "./settings/parameters.ts";
import { poolSettings } from "./settings/pools.ts";
import { processSettings } from "./settings/process.ts";
import { timeoutSettings } from "./settings/timeouts.ts";

export type { SectionName, Setting, SettingValue } from "./setting.ts";

/** The versions whose settings are known here, oldest and newest. */
export const oldestVersion: Version = [1, 18];
export const newestVersion: Version = [1, 25];

const named = (section: SectionName, data: SettingsData): readonly Setting[] =>
  Object.entries(data).map(([name, each]) => ({ ...withoutShort(each), name, section }));

const withoutShort = ({ default: value, restart, ...rest }: SettingData): Omit<Setting, "name" | "section"> => ({
  ...rest,
  reloadable: restart !== true,
  defaults: typeof value === "string" ? [{ ...(rest.since ? { since: rest.since } : {}), value }] : (value ?? []),
});

/** Every setting of [pgbouncer], and every parameter that entries of the other sections may have. */
export const settings: Readonly<Record<SectionName, readonly Setting[]>> = {
  pgbouncer: named("pgbouncer", {
    ...poolSettings,
    ...timeoutSettings,
    ...accessSettings,
    ...processSettings,
  }),
  databases: named("databases", databaseParameters),
  users: named("users", userParameters),
  peers: named("peers", peerParameters),
};

/** The sections, with the version that brought them. */
export const sections: readonly { readonly name: SectionName; readonly since?: Version; readonly meaning: string }[] = [
  { name: "databases", meaning: "Names that clients connect to, each with the server and the database behind it." },
  { name: "users", meaning: "Settings of single users." },
  { name: "peers", since: [1, 19], meaning: "Other PgBouncers behind the same address." },
  { name: "pgbouncer", meaning: "Settings of PgBouncer itself." },
];

const byName = new Map(
  Object.values(settings)
    .flat()
    .map((setting) => [`${setting.section} ${setting.name}`, setting]),
);

/** The setting of that section; names are case-sensitive. */
export const settingNamed = (section: SectionName, name: string): Setting | undefined =>
  byName.get(`${section} ${name}`);

export const isSectionName = (name: string): name is SectionName => Object.hasOwn(settings, name);

/** Whether that version knows the setting; without a version: whether any does. */
export const isKnownTo = ({ since, removed }: Pick<Setting, "since" | "removed">, version?: Version): boolean =>
  version === undefined ||
  ((since === undefined || isAtLeast(version, since)) && (removed === undefined || !isAtLeast(version, removed)));

/** The value where the file says nothing; undefined where there is none, or where it depends on a version that is not known. */
export const defaultOf = (setting: Setting, version?: Version): string | undefined => {
  if (version === undefined) return setting.defaults.length === 1 ? setting.defaults[0]?.value : undefined;
  return setting.defaults.findLast(({ since }) => since === undefined || isAtLeast(version, since))?.value;
};

/** The page that documents it. */
export const pageOf = ({ name, section }: Pick<Setting, "name" | "section">): string =>
  section === "pgbouncer"
    ? `https://www.pgbouncer.org/config.html#${name}`
    : `https://www.pgbouncer.org/config.html#section-${section}`;
