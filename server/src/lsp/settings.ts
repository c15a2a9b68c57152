import { type PartialSettings, readSettingsObject } from "../config.ts";

/** The editor's settings of one folder. The folder's own `bouncer-safe.json` goes before them. */
export interface FolderSettings {
  readonly enable: boolean;
  readonly settings: PartialSettings;
}

/** Reads the section `bouncerSafe`. A value of the wrong kind counts as not set: the editor underlines it in its settings file. */
export function readSettings(section: unknown): FolderSettings {
  const isObject = typeof section === "object" && section !== null;
  const enable = !isObject || !("enable" in section) || section.enable !== false;
  return { enable, settings: readSettingsObject(section) };
}
