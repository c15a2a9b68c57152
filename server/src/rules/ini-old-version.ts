import type { Bouncer } from "../core/ini.ts";
import type { Rule } from "../core/rule.ts";
import { dotted, isAtLeast, type Version } from "../core/version.ts";
import { headerOf, valueIn } from "./knowledge/ini.ts";

/** Holes with the version that closed them (NEWS.md of 1.25.2); `only`: where the configuration opens them. */
const holes: readonly {
  readonly names: string;
  readonly closed: Version;
  readonly only?: (bouncer: Bouncer) => boolean;
}[] = [
  {
    names: "CVE-2025-2291",
    closed: [1, 24, 1],
    only: (bouncer) => (valueIn(bouncer, "auth_user") ?? "") !== "" && !bouncer.settings.has("auth_query"),
  },
  { names: "CVE-2026-6664 to 6667", closed: [1, 25, 2] },
];

export const iniOldVersion: Rule = {
  name: "ini-old-version",
  summary: "A version of PgBouncer with known holes.",
  why: `PgBouncer 1.25.2 closed CVE-2026-6664 to CVE-2026-6667 (among them a crash that needs no login), 1.24.1 closed CVE-2025-2291 (expired passwords are accepted by the default
\`auth_query\`). CVE-2025-12819 has its own finding, \`ini-track-extra-not-reported\`.

The version is known from an image or from the settings. The rule does not see fixes that a distribution brings to an old version.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "none",
  dependsOn: ["version"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const { version } = bouncer;
      if (!version) continue;
      const open = holes.filter(({ closed, only }) => isBefore(version.value, closed) && (only?.(bouncer) ?? true));
      if (open.length === 0) continue;
      yield {
        place: headerOf(bouncer),
        message: `PgBouncer ${dotted(version.value)} has known holes: ${open.map(({ names, closed }) => `${names} (closed in ${dotted(closed)})`).join(", ")} (${version.words}).`,
        related: version.place ? [{ place: version.place, message: "The version stands here." }] : [],
      };
    }
  },
};

/** `1.25` alone may be any 1.25: it is not before 1.25.2. */
const isBefore = (version: Version, closed: Version): boolean =>
  !isAtLeast(version, closed) &&
  !(version.length < closed.length && version.every((part, index) => part === closed[index]));
