import type { Analysis, Analyzer } from "../analyze.ts";
import type { PartialSettings } from "../config.ts";
import type { Finding } from "../core/rule.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { Lines } from "./convert.ts";
import type { Engine, Texts } from "./engine.ts";
import { innermost } from "./folders.ts";

/** What is known of a project at one version of its texts. */
export class Outcome {
  readonly snapshot: Snapshot;
  /** undefined where nothing in the snapshot needs an analysis, or where it crashed. */
  readonly analysis: Analysis | undefined;
  readonly crash: unknown;
  readonly #findings = new Map<string, Finding[]>();
  readonly #lines = new Map<string, Lines>();

  constructor(snapshot: Snapshot, analysis: Analysis | undefined, crash?: unknown) {
    this.snapshot = snapshot;
    this.analysis = analysis;
    this.crash = crash;
    for (const finding of analysis?.findings ?? []) {
      const known = this.#findings.get(finding.path);
      if (known) known.push(finding);
      else this.#findings.set(finding.path, [finding]);
    }
  }

  /** Files with findings. */
  get paths(): Iterable<string> {
    return this.#findings.keys();
  }

  findingsIn(path: string): readonly Finding[] {
    return this.#findings.get(path) ?? [];
  }

  /** The text that was analysed; undefined for a file that the snapshot does not hold. */
  text(path: string): string | undefined {
    return this.snapshot.sources.get(path) ?? this.snapshot.configurations.get(path);
  }

  /** The lines of the text that was analysed; those of an empty text for a file that is not in the snapshot. */
  lines(path: string): Lines {
    const known = this.#lines.get(path);
    if (known) return known;
    const lines = new Lines(this.text(path) ?? "");
    this.#lines.set(path, lines);
    return lines;
  }
}

/** Workspace folders that share their settings, and so are analysed as one program. */
export class Project {
  readonly roots: readonly string[];
  readonly settings: PartialSettings;
  readonly texts: Texts;
  readonly #engine: Engine;
  readonly #closed = new AbortController();
  readonly #settled: (outcome: Outcome) => void;
  #analyzer: Promise<Analyzer> | undefined;
  #running: Promise<void> | undefined;
  #last: Outcome | undefined;
  #scanning: Promise<void> | undefined;

  /** `settled` is told of each new outcome. */
  constructor(
    engine: Engine,
    texts: Texts,
    roots: readonly string[],
    settings: PartialSettings,
    settled: (outcome: Outcome) => void,
  ) {
    this.#engine = engine;
    this.texts = texts;
    this.#settled = settled;
    this.roots = roots;
    this.settings = settings;
  }

  /** Is fulfilled when the scan that is under way ends, well or not; undefined where none is. */
  get scanning(): Promise<void> | undefined {
    return this.#scanning;
  }

  /** The newest outcome, whatever has changed since. */
  get last(): Outcome | undefined {
    return this.#last;
  }

  owns(path: string): boolean {
    return innermost(this.roots, path) !== undefined;
  }

  /** Reads the folders; ends early, without an error, where the signal says so or the project is closed. */
  scan(options: { readonly signal: AbortSignal; readonly progress: (seen: number) => void }): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#closed.signal]);
    const scan = this.texts.scan({ ...options, signal }).catch((error) => {
      if (!signal.aborted) throw error;
    });
    // Whoever waits for its end is not the one to hear of its failure.
    const scanning = scan
      .catch(() => {})
      .finally(() => {
        if (this.#scanning === scanning) this.#scanning = undefined;
      });
    this.#scanning = scanning;
    return scan;
  }

  close(): void {
    this.#closed.abort();
  }

  /** Leaves what is known of the files to the next start of the server; nothing while half of them are seen. */
  async keep(): Promise<void> {
    const analyzer = await this.#analyzer;
    if (!this.#scanning && !this.#running) analyzer?.keep?.();
  }

  /** Gets ready for the next edit. */
  async prepare(): Promise<void> {
    (await this.#analyzer)?.prepare?.();
  }

  /**
   * What is known of the texts as they are now, or as they become while it is computed. One analysis runs at a time; whoever asks for the
   * same version shares it. An analysis that crashes is an outcome with `crash`, and is tried again with the next change only.
   */
  async outcome(): Promise<Outcome> {
    const { version } = this.texts.snapshot();
    while (!this.#last || this.#last.snapshot.version < version) {
      this.#running ??= this.#analyze().finally(() => {
        this.#running = undefined;
      });
      await this.#running;
    }
    return this.#last;
  }

  async #analyze(): Promise<void> {
    this.#last = await this.#outcomeOf(this.texts.snapshot());
    this.#settled(this.#last);
  }

  async #outcomeOf(snapshot: Snapshot): Promise<Outcome> {
    if (!hasWork(snapshot)) return new Outcome(snapshot, undefined);
    try {
      this.#analyzer ??= this.#engine.loadAnalyzer(this.roots);
      const analyzer = await this.#analyzer;
      return new Outcome(snapshot, await analyzer.analyze(snapshot));
    } catch (crash) {
      return new Outcome(snapshot, undefined, crash);
    }
  }
}

/**
 * Loading the analyzer brings TypeScript with it: only a file that talks to a database, or a pooler's own, is worth that. The workspace
 * reads no other configuration as long as there is none.
 */
const hasWork = ({ sources, configurations }: Snapshot): boolean => sources.size > 0 || configurations.size > 0;
