import type { Settings } from "./core/settings.ts";

export const configurationName = "bouncer-safe.json";

/** Settings that say only some of it. */
export type PartialSettings = { readonly [K in keyof Settings]?: Settings[K] };

export interface ConfigurationProblem {
  readonly message: string;
  /** UTF-16 offset in the text. */
  readonly offset: number;
}
export const readConfiguration = (
  _text: string,
): { readonly settings: PartialSettings; readonly problems: readonly ConfigurationProblem[] } => ({
  settings: {},
  problems: [],
});
export const mergeSettings = (base: Settings, over: PartialSettings): Settings => ({
  pooler: { ...base.pooler, ...over.pooler },
  rules: { ...base.rules, ...over.rules },
  ignore: [...base.ignore, ...(over.ignore ?? [])],
  external: [...base.external, ...(over.external ?? [])],
  pure: [...base.pure, ...(over.pure ?? [])],
  replicas: over.replicas ?? base.replicas,
});
