import { externalModules } from "../drivers/external.ts";
import type { Resolution } from "../frontends/resolve.ts";
import { holdsCode, withoutRemarks } from "./words.ts";

export interface ReachInput {
  /** Files with handles. */
  readonly members: Iterable<string>;
  isSeed(path: string): boolean;
  /** A source's specifiers, one a line; undefined for what is no source of the workspace. */
  importsOf(path: string): string | undefined;
  resolve(from: string, specifier: string): Resolution;
  /** A look at the text of a source; one character a byte will do. */
  peek(path: string): string;
}

/** How many calls from file to file are followed from a transaction to what it waits for. */
const deepest = 3;

/**
 * The files that files with handles lean on: what uses a handle that is handed over as an argument; where pools are opened, what is imported there
 * may hold their options; where a transaction is run, what is called may wait for something else.
 */
export const reachOf = ({ members, isSeed, importsOf, resolve, peek }: ReachInput): ReadonlySet<string> => {
  const from = new Set(members);
  const found = new Set<string>();
  const codes = new Map<string, string>();
  /** A file's text without remarks: a word in a comment calls nothing. */
  const codeOf = (path: string): string => {
    const known = codes.get(path);
    if (known !== undefined) return known;
    const code = withoutRemarks(peek(path));
    codes.set(path, code);
    return code;
  };
  const follow = (
    paths: Iterable<string>,
    matters: (text: string, specifiers: string) => boolean,
  ): ReadonlySet<string> => {
    const next = new Set<string>();
    for (const path of paths) {
      for (const specifier of new Set((importsOf(path) ?? "").split("\n"))) {
        if (specifier === "") continue;
        const target = resolve(path, specifier);
        if (target.kind !== "file" || from.has(target.path) || next.has(target.path)) continue;
        const specifiers = importsOf(target.path);
        if (specifiers === undefined) continue;
        const code = codeOf(target.path);
        // Types alone hold no option and wait for nothing, but name what does.
        if ((holdsCode(code) || isExternal(specifiers)) && matters(code, specifiers)) next.add(target.path);
      }
    }
    return next;
  };
  // Handed over as an argument: `createOrders(pool)`.
  for (let wanted: ReadonlySet<string> = from; wanted.size; ) {
    wanted = new Set([...follow(wanted, usesHandles)].filter((path) => !found.has(path)));
    for (const path of wanted) found.add(path);
  }
  const seeds = [...from].filter(isSeed);
  const options = follow(seeds, () => true);
  for (const path of [...options, ...follow(options, isConfiguration)]) found.add(path);
  let wanted: ReadonlySet<string> = new Set([...from, ...found].filter((path) => runsTransactions(codeOf(path))));
  for (let depth = 0; depth < deepest && wanted.size; depth++) {
    wanted = new Set([...follow(wanted, waits)].filter((path) => !from.has(path)));
    for (const path of wanted) found.add(path);
  }
  return found;
};

const usesHandles = (text: string): boolean =>
  /\.(?:query|execute|unsafe|raw|transaction|release|begin|commit|rollback)\w*\s*[(<`]|\bBEGIN\b/.test(text);

const isConfiguration = (text: string): boolean =>
  /\bprocess\.env\b|postgres|DATABASE|import\.meta\.env|\bos\.environ\b|\bgetenv\b|\bBaseSettings\b/i.test(text);

/** Something is called that begins one, by any library's name or by the project's own. */
const runsTransactions = (text: string): boolean =>
  /transaction\w*\s*(?:<[^()]*>)?\(|@transactional|\btx\w*\(|\.begin\w*\(|\.commit\(|\batomic\b|\bBEGIN\b/i.test(text);

/** Something is waited for; or there is a client of a library whose calls are, an object made of a class elsewhere, something handed on. */
const waits = (text: string, specifiers: string): boolean =>
  isExternal(specifiers) ||
  /\bawait\b|\basync\b|\bexport\b[^\n;]*\bnew [A-Z]|\bexport\s*(?:\*|\{[^{}]*\}\s*from\b)|\.then\(|\bPromise\b|\b(?:requests|httpx|boto3|urllib|smtplib|subprocess|redis|sleep)\b/.test(
    text,
  );

const isExternal = (specifiers: string): boolean =>
  specifiers.split("\n").some((specifier) => specifier !== "" && externalModules(specifier).length > 0);
