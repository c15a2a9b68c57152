import type { Evidenced, PoolerKind } from "../core/profile.ts";
import { readVersion, type Version } from "../core/version.ts";
import { type Spot, stated } from "./evidence.ts";
import { knowledgeOf, poolerKinds } from "./kinds/index.ts";
import { type ProfilePart, readDefault, readSetting, settingOfVariable } from "./settings.ts";
import { unknownSign } from "./url.ts";

/** `edoburu/pgbouncer:v1.23.1-p3` → `pgbouncer`; undefined for an image that is no pooler. */
export const kindOfImage = (image: string): PoolerKind | undefined => {
  const { name } = splitImage(image);
  // An exporter watches a pooler, it is none.
  if (/exporter|prometheus/i.test(name)) return undefined;
  return poolerKinds.find((each) => each.image?.test(name))?.kind;
};

/** A container as its file describes it. */
export interface Container {
  /** With its tag; the kind was told by it. */
  readonly image: string | undefined;
  readonly variables: readonly { readonly name: string; readonly value: string; readonly spot: Spot }[];
  /** It is given an ini: its variables do not decide then. */
  readonly settingsElsewhere: boolean;
}

/** What a pooler's container states: its version by the image's tag, its settings by its variables, the image's own defaults else. */
export const partOfContainer = (
  kind: Evidenced<PoolerKind>,
  container: Container,
): ProfilePart & { readonly kind: Evidenced<PoolerKind> } => {
  const { image, variables, settingsElsewhere } = container;
  const { containerSettings } = knowledgeOf(kind.value);
  let part: ProfilePart = {};
  for (const { name, value, spot } of variables) {
    const setting = settingOfVariable(name, containerSettings);
    if (setting !== undefined && !value.includes(unknownSign))
      part = { ...part, ...readSetting(setting, value, spot, name) };
  }
  const version = image !== undefined && kind.value === "pgbouncer" ? versionOf(image) : undefined;
  return {
    ...(settingsElsewhere ? {} : imageDefaults(kind, container)),
    ...part,
    ...(version ? { version: { ...kind, value: version } } : {}),
    kind,
  };
};

const versionOf = (image: string): Version | undefined => {
  const { tag } = splitImage(image);
  if (tag === undefined) return undefined;
  // Crunchy's tags begin with the system: `ubi8-1.21-0`. Other numbers there are those of PostgreSQL or of the operator.
  const behindSystem = /^[a-z]+\d*-(1\.\d+(?:\.\d+)?)(?:-|$)/.exec(tag)?.[1];
  return readVersion(behindSystem ?? tag);
};

/** What the entry point of an image writes into its ini where the environment does not say. */
interface ImageDefaults {
  /** The image without its tag. */
  readonly name: RegExp;
  /** Absent: not known. */
  readonly ignoreStartupParameters?: readonly string[];
}

/** The usual images. Any other may bring an ini of its own: nothing is said of what its environment leaves open. */
const usualImages: readonly ImageDefaults[] = [
  { name: /(?:^|\/)edoburu\/pgbouncer$/, ignoreStartupParameters: ["extra_float_digits"] },
  { name: /(?:^|\/)bitnami(?:legacy|secure)?\/pgbouncer$/, ignoreStartupParameters: ["extra_float_digits"] },
  { name: /(?:^|\/)pgbouncer\/pgbouncer$/ },
  { name: /(?:^|\/)crunchydata\/crunchy-pgbouncer$/ },
];

const imageDefaults = (kind: Evidenced<PoolerKind>, { image, variables }: Container): ProfilePart => {
  const { name } = splitImage(image ?? "");
  const usual = usualImages.find((each) => each.name.test(name));
  if (!usual || kind.place === undefined) return {};
  const setsMode = variables.some((variable) => settingOfVariable(variable.name) === "pool_mode");
  const spot: Spot = { place: kind.place, words: kind.words };
  const ignored = usual.ignoreStartupParameters;
  return {
    ...(setsMode ? {} : readDefault("pool_mode", spot, "POOL_MODE")),
    ...(ignored
      ? { ignoreStartupParameters: stated(ignored, spot, `ignores ${ignored.join(", ")} unless told otherwise`) }
      : {}),
  };
};

const splitImage = (image: string): { readonly name: string; readonly tag: string | undefined } => {
  const [withoutDigest = ""] = image.split("@", 1);
  const colon = withoutDigest.lastIndexOf(":");
  const isTag = colon > withoutDigest.lastIndexOf("/");
  return isTag
    ? { name: withoutDigest.slice(0, colon), tag: withoutDigest.slice(colon + 1) }
    : { name: withoutDigest, tag: undefined };
};
