import type { CallInstruction } from "../core/facts.ts";
import { type FileTransactions, type Merged, mergeTransactions, type Writable } from "./merge-transactions.ts";
import type { FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import type { Visits } from "./visits.ts";

/** What is told at once, with what it speaks of. */
interface Telling {
  readonly told: FileTransactions;
  readonly subjects: ReadonlySet<object>;
  story: Story | undefined;
  /** Where it stands in the list, and when that was. */
  at: number;
  round: number;
}

/** What speaks of the same things, put together. */
interface Story {
  members: Telling[];
  round: number;
  /** How many of its members were met in their order. */
  met: number;
  isInOrder: boolean;
  known?: { readonly merged: Merged; readonly by: string; readonly asked: readonly Asked[] };
}

/** A function whose callers were asked for, and what was seen of each call of it. */
interface Asked {
  readonly each: FunctionNode;
  readonly calls: readonly CallInstruction[];
  readonly seen: readonly boolean[];
}

/**
 * Puts together what all functions tell, snapshot after snapshot. Most functions speak of themselves alone: only what speaks of the same calls is
 * one story, and only a story of which something changed is put together again.
 */
export class Stories {
  private readonly tellings = new Map<FileTransactions, Telling>();
  /** Who speaks of what: nearly always one alone. */
  private readonly speaking = new Map<object, Telling | Set<Telling>>();
  /** How often the walks met a call. */
  private readonly visited = new Map<CallInstruction, number>();
  /** How often a library is told of whose transactions statements find by themselves. */
  private readonly ambient = new Map<string, number>();
  private readonly lines = new WeakMap<readonly FileTransactions[], readonly Telling[]>();
  private round = 0;

  /** @param lists in an order that depends on the snapshot alone; a list that is the same object has the same in it */
  merge(lists: readonly (readonly FileTransactions[])[]): Merged {
    this.round++;
    const lines = this.follow(lists);
    const by = [...this.ambient.keys()].sort();
    const names = new Set(by);
    const key = by.join(" ");
    const parts = this.storiesIn(lines).map((story) => this.merged(story, key, names));
    return joined(parts, names);
  }

  /** Takes in what is told now and was not, and drops what no longer is. */
  private follow(lists: readonly (readonly FileTransactions[])[]): readonly (readonly Telling[])[] {
    const loose = new Set<Telling>();
    const loosen = ({ story }: Telling): void => {
      for (const one of story?.members ?? []) {
        one.story = undefined;
        loose.add(one);
      }
    };
    const added: Telling[] = [];
    let at = 0;
    const lines = lists.map((list) => {
      let line = this.lines.get(list);
      if (line === undefined) {
        line = list.map((told) => this.tellings.get(told) ?? this.take(told, added));
        this.lines.set(list, line);
      }
      for (const one of line) {
        one.at = at++;
        one.round = this.round;
      }
      return line;
    });
    if (this.tellings.size > at) {
      for (const one of this.tellings.values()) {
        if (one.round === this.round) continue;
        loosen(one);
        this.drop(one);
      }
    }
    for (const one of added) {
      for (const subject of one.subjects) {
        const other = this.speaking.get(subject);
        if (other instanceof Set) other.forEach(loosen);
        else if (other !== undefined) loosen(other);
      }
      this.speak(one);
      loose.add(one);
    }
    for (const one of loose) if (one.round === this.round && one.story === undefined) this.tell(one);
    return lines;
  }

  private take(told: FileTransactions, added: Telling[]): Telling {
    const one: Telling = { told, subjects: subjectsOf(told), story: undefined, at: 0, round: 0 };
    this.tellings.set(told, one);
    added.push(one);
    return one;
  }

  private speak(one: Telling): void {
    for (const subject of one.subjects) {
      const known = this.speaking.get(subject);
      if (known === undefined) this.speaking.set(subject, one);
      else if (known instanceof Set) known.add(one);
      else this.speaking.set(subject, new Set([known, one]));
    }
    for (const call of one.told.visits.keys()) count(this.visited, call, 1);
    for (const name of one.told.ambient) count(this.ambient, name, 1);
  }

  private drop(one: Telling): void {
    this.tellings.delete(one.told);
    for (const subject of one.subjects) {
      const known = this.speaking.get(subject);
      if (known instanceof Set) known.delete(one);
      if (!(known instanceof Set) || known.size === 0) this.speaking.delete(subject);
    }
    for (const call of one.told.visits.keys()) count(this.visited, call, -1);
    for (const name of one.told.ambient) count(this.ambient, name, -1);
  }

  private speakersOf(subject: object): Iterable<Telling> {
    const known = this.speaking.get(subject);
    return known === undefined ? [] : known instanceof Set ? known : [known];
  }

  /** The story of one, with all that it has to do with. */
  private tell(first: Telling): void {
    const story: Story = { members: [first], round: 0, met: 0, isInOrder: true };
    first.story = story;
    for (const one of story.members) {
      for (const subject of one.subjects) {
        for (const other of this.speakersOf(subject)) {
          if (other.story === story) continue;
          other.story = story;
          story.members.push(other);
        }
      }
    }
    story.members.sort((a, b) => a.at - b.at);
  }

  private storiesIn(lines: readonly (readonly Telling[])[]): readonly Story[] {
    const found: Story[] = [];
    for (const line of lines) {
      for (const one of line) {
        const story = one.story as Story;
        if (story.round !== this.round) {
          story.round = this.round;
          story.met = 0;
          found.push(story);
        }
        if (story.members[story.met] !== one) story.isInOrder = false;
        story.met++;
      }
    }
    return found;
  }

  private merged(story: Story, by: string, ambient: ReadonlySet<string>): Merged {
    const { known } = story;
    if (known?.by === by && story.isInOrder && known.asked.every((one) => this.isAnsweredTheSame(one)))
      return known.merged;
    story.members.sort((a, b) => a.at - b.at);
    story.isInOrder = true;
    const all = story.members.map(({ told }) => told);
    const merged = mergeTransactions(all, ambient, (call) => this.visited.has(call));
    story.known = { merged, by, asked: this.asked(all) };
    return merged;
  }

  /** The functions that are entered with somebody's session: what is claimed of them hangs on their other callers. */
  private asked(all: readonly FileTransactions[]): readonly Asked[] {
    const isEntered = (call: CallInstruction): boolean => all.some(({ visits }) => visits.get(call)?.entered === true);
    const functions = new Set(
      all.flatMap(({ statements }) =>
        statements.flatMap(({ each, statement }) => (isEntered(statement.call) ? each : [])),
      ),
    );
    return [...functions].map((each): Asked => {
      const calls = [...each.callers.keys()];
      return { each, calls, seen: calls.map((call) => this.visited.has(call)) };
    });
  }

  private isAnsweredTheSame({ each, calls, seen }: Asked): boolean {
    if (each.callers.size !== calls.length) return false;
    let index = 0;
    for (const call of each.callers.keys()) {
      if (calls[index] !== call || seen[index] !== this.visited.has(call)) return false;
      index++;
    }
    return true;
  }
}

function count<T>(counts: Map<T, number>, one: T, by: 1 | -1): void {
  const now = (counts.get(one) ?? 0) + by;
  if (now > 0) counts.set(one, now);
  else counts.delete(one);
}

/** What others may tell more of. */
function subjectsOf({ transactions, regions, visits, statements }: FileTransactions): ReadonlySet<object> {
  const found = new Set<object>(transactions.keys());
  for (const { transaction, entries } of regions) {
    found.add(transaction.call);
    for (const { calls } of entries) for (const call of calls ?? []) found.add(call);
    // A helper's transaction has nothing to begin where its caller's first statement stands.
    const [first] = entries;
    if (transaction.form === "implicit" && first !== undefined) found.add(first.each);
    if (transaction.helper === undefined) continue;
    for (const { each, calls, via } of entries) if (calls === undefined && via.length === 0) found.add(each);
  }
  for (const call of visitedIn(visits)) found.add(call);
  for (const { handle, statement } of statements) {
    found.add(statement.call);
    // The transaction that the statement is in is the one whose handle it is sent through.
    if (handle?.site.call !== undefined && roleOf(handle) === "transaction") found.add(handle.site.call);
  }
  return found;
}

function* visitedIn(visits: Visits): Generator<CallInstruction> {
  for (const [call, { begins }] of visits) {
    yield call;
    yield* begins;
  }
}

/** Most stories tell one thing of one function: plain loops, as this is done with every key. */
function joined(parts: readonly Merged[], ambient: ReadonlySet<string>): Merged {
  const all: Writable<Merged> = {
    transactions: [],
    regions: [],
    checkouts: [],
    statements: [],
    listens: [],
    implicitTransactions: [],
    ambient,
  };
  for (const part of parts) {
    for (const one of part.transactions) all.transactions.push(one);
    for (const one of part.regions) all.regions.push(one);
    for (const one of part.checkouts) all.checkouts.push(one);
    for (const one of part.statements) all.statements.push(one);
    for (const one of part.listens) all.listens.push(one);
    for (const one of part.implicitTransactions) all.implicitTransactions.push(one);
  }
  return all;
}
