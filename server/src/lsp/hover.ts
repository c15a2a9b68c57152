import type { CancellationToken, Hover, HoverParams } from "vscode-languageserver";
import type { Model, Pool } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import { profileLabel } from "../core/profile-rows.ts";
import type { Finding } from "../core/rule.ts";
import { type Span, span } from "../core/text.ts";
import { fromUri } from "./convert.ts";
import { hoverIni } from "./ini-hover.ts";
import { pageOf } from "./pages.ts";
import { escaped, plain, poolLabel, profileList } from "./profile-text.ts";
import type { Outcome } from "./project.ts";
import { guarded } from "./requests.ts";
import type { Session } from "./session.ts";

/** `textDocument/hover` on a finding: why it is one. On the constructor of a pool: which pooler it talks to, and how that is known. */
export function answerHover(session: Session): void {
  session.connection.onHover(guarded("textDocument/hover", session.faults, () => null, hover));

  async function hover({ textDocument, position }: HoverParams, token: CancellationToken): Promise<Hover | null> {
    await session.ready;
    const path = fromUri(textDocument.uri);
    const project = path === undefined ? undefined : session.projectOf(path);
    if (path === undefined || !project) return null;

    const outcome = await session.outcome(project, token);
    const { analysis } = outcome;
    if (!analysis) return null;
    const lines = outcome.lines(path);
    const offset = lines.fromPosition(position);
    const findings = outcome.findingsIn(path).filter((finding) => holds(lines.firstLine(finding.span), offset));
    const pool = analysis.model.pools.find((each) => each.place.path === path && holds(constructorSpan(each), offset));
    const parts = pool ? [poolMarkdown(pool, outcome, session)] : [];
    if (findings.length > 0) {
      const rules = await session.engine.loadRules();
      for (const finding of findings) {
        const rule = rules.find(({ name }) => name === finding.rule);
        const profile = profileAt(finding, analysis.model) ?? analysis.profile;
        // The pool's own hover names the whole profile.
        const wanted = pool ? [] : (rule?.dependsOn ?? []);
        const decidedBy = profileList(profile, { ...session, outcome }, wanted);
        const why = rule ? `: ${rule.summary}\n\n${firstParagraph(rule.why)}` : "";
        parts.push(
          `**${escaped(finding.rule)}**${why}\n\n${decidedBy}\n\n[More about ${escaped(finding.rule)}](${pageOf(finding.rule)})`,
        );
      }
    }
    const ini = hoverIni({ uri: textDocument.uri, path, position }, outcome, session);
    if (ini) parts.push(ini.markdown);
    if (parts.length === 0) return null;
    const value = parts.join("\n\n---\n\n");
    const { hoverFormat } = session.features;
    const at = findings[0] ? lines.firstLine(findings[0].span) : pool ? constructorSpan(pool) : ini!.span;
    return {
      contents: { kind: hoverFormat, value: hoverFormat === "markdown" ? value : plain(value) },
      range: lines.toRange(at),
    };
  }
}

const poolMarkdown = (pool: Pool, outcome: Outcome, session: Session): string =>
  `**${escaped(profileLabel(pool.profile))}**\n\n${profileList(pool.profile, { ...session, outcome })}\n\n${poolLabel(pool)}`;

/** `new Pool`, without its arguments: they have hovers of their own. */
const constructorSpan = ({ place, call }: Pool): Span =>
  span(place.span.start, Math.max(call.calleeSpan.end, place.span.start));

/** The profile that a finding was judged by: that of the pool, transaction, checkout or statement at its place. */
function profileAt(finding: Finding, { pools, transactions, checkouts, statements }: Model): Profile | undefined {
  for (const things of [pools, transactions, checkouts, statements]) {
    const found = things.find(
      ({ place }) =>
        place.path === finding.path && place.span.start <= finding.span.start && finding.span.end <= place.span.end,
    );
    if (found) return found.profile;
  }
  return undefined;
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

const firstParagraph = (markdown: string): string => markdown.trim().split(/\n\s*\n/)[0]!;
