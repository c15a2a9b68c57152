import type { CancellationToken, Location } from "vscode-languageserver";
import type { Analysis } from "../analyze.ts";
import { profileLabel } from "../core/profile-rows.ts";
import { fromUri, toUri } from "./convert.ts";
import { escaped, poolLabel, profileList } from "./profile-text.ts";
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

/** The profile and the pools of a project, as a page. VS Code's preview of Markdown renders no link to a file. */
function page({ profile, model }: Analysis, outcome: Outcome): string {
  const context = { outcome };
  const pools = model.pools.map((pool) => {
    const { path, span } = pool.place;
    const line = outcome.lines(path).toPosition(span.start).line + 1;
    const name = outcome.snapshot.roots.reduce(
      (short, root) => (short.startsWith(`${root}/`) ? short.slice(root.length + 1) : short),
      path,
    );
    return `- ${escaped(`${name}:${line}`)}: ${poolLabel(pool)}; ${escaped(profileLabel(pool.profile))}`;
  });
  const list = pools.length > 0 ? `\n## Pools\n\n${pools.join("\n")}\n` : "";
  return `# ${escaped(profileLabel(profile))}\n\n${profileList(profile, context)}\n${list}`;
}
