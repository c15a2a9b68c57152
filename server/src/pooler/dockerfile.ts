import type { Snapshot } from "../core/snapshot.ts";
import { expand } from "./environment-files.ts";
import { spotAt, stated } from "./evidence.ts";
import type { FoundPooler } from "./found.ts";
import { kindOfImage, partOfContainer } from "./images.ts";

const isDockerfile = (path: string): boolean => /(?:^|\/)Dockerfile(?:\.[^/]+)?$|\.[Dd]ockerfile$/.test(path);

/** Poolers of Dockerfiles that build on a pooler's image. The last stage decides. */
export const poolersOfDockerfiles = (snapshot: Snapshot): readonly FoundPooler[] =>
  [...snapshot.configurations].flatMap(([path, text]) => {
    const pooler = isDockerfile(path) ? poolerOf(snapshot, path, text) : undefined;
    return pooler ? [pooler] : [];
  });

const poolerOf = (snapshot: Snapshot, path: string, text: string): FoundPooler | undefined => {
  const lines = instructions(text);
  const from = lines.findLast(({ instruction }) => instruction === "FROM");
  if (!from) return undefined;
  const defaults = new Map(
    lines.filter(({ instruction }) => instruction === "ARG").map(({ rest }) => splitAt(rest.trim(), "=")),
  );
  const image = expand(/^(?:--\S+\s+)*(?<image>\S+)/.exec(from.rest.trim())?.groups?.image ?? "", (name) =>
    defaults.get(name),
  );
  const kind = kindOfImage(image);
  if (!kind) return undefined;
  const later = lines.filter(({ start }) => start > from.start);
  const copiesIni = later.some(({ instruction, rest }) => /^(?:COPY|ADD)$/.test(instruction) && /\.ini\b/.test(rest));
  const variables = later
    .filter(({ instruction }) => instruction === "ENV")
    .flatMap(({ rest, start }) => pairs(rest, start));
  const spot = spotAt(snapshot, path, text, { start: from.start, end: from.end });
  return {
    path,
    source: "dockerfile",
    part: partOfContainer(stated(kind, spot, `FROM ${image}`), {
      image,
      variables: variables.map(({ name, value, span }) => ({ name, value, spot: spotAt(snapshot, path, text, span) })),
      settingsElsewhere: copiesIni,
    }),
    hosts: [],
    ports: later
      .filter(({ instruction }) => instruction === "EXPOSE")
      .flatMap(({ rest }) => (rest.match(/\d+/g) ?? []).map(Number)),
    databases: new Map(),
    users: [],
    settingsElsewhere: copiesIni,
  };
};

interface Instruction {
  readonly instruction: string;
  readonly rest: string;
  readonly start: number;
  readonly end: number;
}

/** Instructions with their continued lines; the continuation signs become spaces, so that offsets stay. */
const instructions = (text: string): readonly Instruction[] => {
  const joined = text.replace(/\\[^\S\n]*\r?\n/g, (sign) => " ".repeat(sign.length));
  return [...joined.matchAll(/^[^\S\n]*(?<instruction>[A-Za-z]+)(?<rest>[^\S\n]+[^\n]*)$/gm)].map((match) => {
    const start = match.index + match[0].length - match[0].trimStart().length;
    return {
      instruction: match.groups?.instruction?.toUpperCase() ?? "",
      rest: match.groups?.rest ?? "",
      start,
      end: match.index + match[0].trimEnd().length,
    };
  });
};

/** `ENV A=1 B="2"`, or the old `ENV A 1`. */
const pairs = (rest: string, start: number) => {
  const found = [...rest.matchAll(/(?<name>[A-Za-z_]\w*)=(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>\S*))/g)];
  const span = { start, end: start + "ENV".length + rest.trimEnd().length };
  if (found.length === 0) {
    const [name, value] = splitAt(rest.trim(), " ");
    return [{ name, value: value.trim(), span }];
  }
  return found.map((match) => {
    const { name = "", double, single, bare } = match.groups ?? {};
    const at = start + "ENV".length + match.index;
    return { name, value: double ?? single ?? bare ?? "", span: { start: at, end: at + match[0].length } };
  });
};

const splitAt = (text: string, sign: string): [string, string] => {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
};
