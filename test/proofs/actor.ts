import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Application, Call } from "./machine/application.ts";
import type { Sent } from "./machine/wire.ts";
import { countTexts, type Record, showAnswer, showCall } from "./record.ts";

/** An application on the stage. */
export interface Actor {
  call(...call: Call): Promise<Answer>;
  /** Makes several calls at the same time. */
  together(...calls: readonly Call[]): Promise<readonly Answer[]>;
  /** The same without waiting: the answers are written down when they are asked for. */
  begin(...calls: readonly Call[]): { answers(): Promise<readonly Answer[]> };
  /** The same application, whose calls count as hanging after so many milliseconds. */
  within(patience: number): Actor;
  /** Makes one call so many times, each after the one before it. */
  repeat(times: number, ...call: Call): Promise<readonly Answer[]>;
  /** Ends the process, as a deployment does. */
  end(): Promise<void>;
  /** The texts that it sent to be parsed, of those that hold these words. */
  parsed(words: string): readonly string[];
  /** Waits for the end of the process; `undefined` where it still runs after so many milliseconds. */
  exit(patience: number): Promise<Exit | undefined>;
  /** What it printed, once it has printed anything or so many milliseconds have passed. */
  printed(patience: number): Promise<string>;
  /** The application_name that its driver sent when it connected. */
  sentName(): string | undefined;
}

/** How a process ended. */
export interface Exit {
  readonly code: number;
  readonly printed: string;
}

const pollEvery = 25;

/** Puts an application's doings into the record. `patience`: how long a call may take before it counts as hanging, in ms. */
export function actor(
  label: string,
  application: Application,
  sent: readonly Sent[],
  patience: number,
  record: Record,
): Actor {
  const begin = (...calls: readonly Call[]) => {
    const pending = application.call(calls, "at once", patience);
    record.write(label, `${countTexts(calls.map(showCall)).join(" and ")}, not yet answered`, []);
    return {
      answers: async () => {
        const answers = await pending;
        const pairs = answers.map((answer, at) => `${showCall(calls[at]!)}: ${showAnswer(answer)}`);
        record.write(label, "answers", countTexts(pairs));
        return answers;
      },
    };
  };
  return {
    begin,
    call: async (...call) => {
      const [answer] = await application.call([call], "at once", patience);
      record.write(label, showCall(call), [showAnswer(answer!)]);
      return answer!;
    },
    together: async (...calls) => {
      const answers = await application.call(calls, "at once", patience);
      const pairs = answers.map((answer, at) => `${showCall(calls[at]!)}: ${showAnswer(answer)}`);
      record.write(label, "at once", countTexts(pairs));
      return answers;
    },
    within: (other) => actor(label, application, sent, other, record),
    repeat: async (times, ...call) => {
      const answers = await application.call(Array<Call>(times).fill(call), "one after another", patience * 4);
      record.write(label, `${showCall(call)} ${times} times, one after another`, countTexts(answers.map(showAnswer)));
      return answers;
    },
    end: async () => {
      await application.end();
      record.write(label, "the process is ended", []);
    },
    parsed: (words) => {
      const texts = sent.flatMap((message) =>
        message.kind === "Parse" && message.text.includes(words) ? [message.text] : [],
      );
      record.write(label, "sent to be parsed", countTexts(texts));
      return texts;
    },
    exit: async (wait) => {
      const code = await application.exit(wait);
      if (code === undefined) {
        record.write(label, "still runs", []);
        return undefined;
      }
      const printed = application.printed();
      record.write(label, `the process ended with exit code ${code}`, causes(printed));
      return { code, printed };
    },
    printed: async (wait) => {
      const deadline = Date.now() + wait;
      while (!application.printed().includes("\n") && Date.now() < deadline) await sleep(pollEvery);
      const lines = application.printed().split("\n").filter(Boolean);
      record.write(label, lines.length ? "printed" : "printed nothing", lines);
      return application.printed();
    },
    sentName: () => {
      const name = sent.find((message) => message.kind === "Startup")?.parameters.application_name;
      record.write(label, "sent when it connected", [`application_name=${JSON.stringify(name ?? null)}`]);
      return name;
    },
  };
}

/** The lines of node's report of an uncaught error that name it; the rest is stack. */
function causes(printed: string): readonly string[] {
  return printed.split("\n").filter((line) => /^(error|Error): |^Emitted/.test(line));
}
