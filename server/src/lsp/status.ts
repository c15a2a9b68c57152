import type { CancellationToken, Location } from "vscode-languageserver";
import type { Analysis } from "../analyze.ts";
import type { Pool } from "../core/model.ts";
import { poolersOf, rowsOf } from "../core/poolers.ts";
import { profileLabel } from "../core/profile-rows.ts";
import { fromUri, toUri } from "./convert.ts";
import { escaped, poolLabel, rowList } from "./profile-text.ts";
import type { Outcome, Project } from "./project.ts";
import {
  type ProjectStatus,
  type ShowProfileParams,
  type ShowProfileResult,
  type StatusParams,
  showProfileRequest,
  statusNotification,
} from "./protocol.ts";
import { guarded } from "./requests.ts";
import type { Session } from "./session.ts";

/** Tells the client which pooler each project has in front of it, whenever that changes, and shows the whole profile on request. */
export function tellStatus(session: Session): void {
  const { connection, faults } = session;
  let told = "";
  let waiting = false;

  session.onSettled(() => {
    if (waiting) return;
    waiting = true;
    setImmediate(() => {
      waiting = false;
      const status: StatusParams = { projects: session.projects.map((project) => statusOf(project, session)) };
      const content = JSON.stringify(status);
      if (content === told) return;
      told = content;
      faults.watch(statusNotification, connection.sendNotification(statusNotification, status));
    });
  });
  connection.onRequest(showProfileRequest, guarded(showProfileRequest, faults, nothing, showProfile));

  async function showProfile({ uri }: ShowProfileParams, token: CancellationToken): Promise<ShowProfileResult> {
    await session.ready;
    const path = uri === undefined ? undefined : fromUri(uri);
    const only = path === undefined ? undefined : session.projectOf(path);
    const shown: { readonly analysis: Analysis; readonly outcome: Outcome }[] = [];
    for (const project of only ? [only] : session.projects) {
      const outcome = await session.outcome(project, token);
      if (outcome.analysis) shown.push({ analysis: outcome.analysis, outcome });
    }
    if (shown.length === 0) return nothing();
    const [first] = shown;
    const place = first && modePlace(first.analysis, first.outcome, session);
    return {
      markdown: shown.map(({ analysis, outcome }) => page(analysis, outcome)).join("\n"),
      ...(place && { place }),
    };
  }
}

const nothing = (): ShowProfileResult => ({
  markdown: "# Pooler\n\nNo database code was found, so no pooler was looked for.\n",
});

function statusOf(project: Project, session: Session): ProjectStatus {
  const folders = project.roots.map(toUri);
  const outcome = project.last;
  const analysis = outcome?.analysis;
  const state = project.scanning || !outcome ? "scanning" : outcome.crash ? "failed" : analysis ? "ready" : "idle";
  if (!outcome || !analysis) return { folders, state, pools: 0, findings: 0 };
  const place = modePlace(analysis, outcome, session);
  return {
    folders,
    state,
    label: profileLabel(analysis.profile),
    detail: analysis.profile.mode.words,
    ...(place && { place }),
    pools: analysis.model.pools.length,
    findings: analysis.findings.length,
  };
}

function modePlace({ profile }: Analysis, outcome: Outcome, { uriOf }: Session): Location | undefined {
  const { place } = profile.mode;
  return place && { uri: uriOf(place.path), range: outcome.lines(place.path).toRange(place.span) };
}

/** The poolers of a project with the pools behind each, as a page. VS Code's preview of Markdown renders no link to a file. */
function page(analysis: Analysis, outcome: Outcome): string {
  const sections = poolersOf(analysis).map((entry) => {
    const { profile, scope, main, pools } = entry;
    const label = scope === undefined ? profileLabel(profile) : `${profileLabel(profile)}, ${scope}`;
    const note =
      main && pools.length === 0 ? ["No pool is known to be behind it: it counts where nothing else is said."] : [];
    const list = pools.map((pool) => `- ${escaped(placeOf(pool, outcome))}: ${poolLabel(pool)}`);
    const behind = list.length > 0 ? [`${main ? "##" : "###"} Pools behind it\n\n${list.join("\n")}`] : note;
    return [`${main ? "#" : "##"} ${escaped(label)}`, rowList(rowsOf(entry), { outcome }), ...behind].join("\n\n");
  });
  return `${[...sections, hint].join("\n\n")}\n`;
}

const hint = "The command *bouncer-safe: Choose Pooler* writes down which pooler it is.";

const placeOf = ({ place: { path, span } }: Pool, outcome: Outcome): string => {
  const line = outcome.lines(path).toPosition(span.start).line + 1;
  const name = outcome.snapshot.roots.reduce(
    (short, root) => (short.startsWith(`${root}/`) ? short.slice(root.length + 1) : short),
    path,
  );
  return `${name}:${line}`;
};
