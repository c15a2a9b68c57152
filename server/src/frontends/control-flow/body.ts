import type { BlockId, Instruction, Terminator, ValueId, VariableId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";

/** A block under construction. */
export interface OpenBlock {
  readonly id: BlockId;
  readonly instructions: Instruction[];
  readonly handler: OpenBlock | undefined;
  end: OpenTerminator | undefined;
  /** Something leads here. */
  entered: boolean;
}

export type OpenTerminator =
  | { readonly kind: "goto"; readonly to: OpenBlock }
  | {
      readonly kind: "branch";
      readonly test: ValueId;
      readonly then: OpenBlock;
      readonly else: OpenBlock;
      readonly span: Span;
    }
  | { readonly kind: "choice"; readonly to: readonly OpenBlock[]; readonly span: Span }
  | Exclude<Terminator, { readonly kind: "goto" | "branch" | "choice" }>;

/** What a jump out of a statement meets on its way. */
export type Frame<Scope> =
  /** `finally` and `using`: `run` lowers one more copy. */
  | {
      readonly kind: "cleanup";
      readonly run: () => void;
      readonly handler: OpenBlock | undefined;
      readonly scope: Scope;
      /** Copies for jumps, by where they go on. */
      readonly copies: Map<OpenBlock, OpenBlock>;
      returns: number;
      /** The copy that all further returns share once there are many; their values are lost. */
      sharedReturn: OpenBlock | undefined;
    }
  | {
      readonly kind: "target";
      readonly labels: readonly string[];
      readonly breakTo: OpenBlock;
      /** Loops alone can be continued. */
      readonly continueTo: OpenBlock | undefined;
      /** `break` without a label stops here. A labelled block is passed over. */
      readonly takesPlainBreak: boolean;
    };

/** The control flow of one function while it is lowered: where the next instruction goes. Every language's lowering is built on it. */
export abstract class Body<Scope> {
  readonly blocks: OpenBlock[] = [];
  /** undefined after a jump: what follows is not reached. */
  current: OpenBlock | undefined;
  handler: OpenBlock | undefined;
  scope: Scope;
  frames: readonly Frame<Scope>[] = [];
  /** How many `finally` copies the code at hand is inside of. */
  copying = 0;
  /** Index of the statement at hand, or -1. */
  statement: number;
  #values = 0;

  constructor(scope: Scope, statement: number) {
    this.scope = scope;
    this.statement = statement;
    this.current = this.open();
  }

  next(): ValueId {
    return this.#values++;
  }

  /** How many registers there are so far. */
  get registers(): number {
    return this.#values;
  }

  /** A new block under the handler at hand; nothing leads to it yet. */
  open(): OpenBlock {
    const block: OpenBlock = {
      id: this.blocks.length,
      instructions: [],
      handler: this.handler,
      end: undefined,
      entered: false,
    };
    this.blocks.push(block);
    return block;
  }

  /** The block that takes the next instruction; code that is not reached gets one of its own. */
  here(): OpenBlock {
    this.current ??= this.open();
    return this.current;
  }

  emit(instruction: Instruction): void {
    this.here().instructions.push(instruction);
  }

  start(block: OpenBlock): void {
    this.current = block;
  }

  branch(test: ValueId, yes: OpenBlock, no: OpenBlock, span: Span, from = this.here()): void {
    // biome-ignore lint/suspicious/noThenProperty: a way that is taken, not a promise.
    this.close(from, { kind: "branch", test, then: yes, else: no, span });
    if (from === this.current) this.current = undefined;
  }

  /** Goes on after the ways that meet in `block`; nowhere, where none of them gets there. */
  meet(block: OpenBlock): void {
    this.current = block.entered ? block : undefined;
  }

  end(terminator: OpenTerminator): void {
    this.close(this.here(), terminator);
    this.current = undefined;
  }

  close(block: OpenBlock, terminator: OpenTerminator): void {
    block.end = terminator;
    switch (terminator.kind) {
      case "goto":
        terminator.to.entered = true;
        return;
      case "branch":
        terminator.then.entered = true;
        terminator.else.entered = true;
        return;
      case "choice":
        for (const to of terminator.to) to.entered = true;
    }
  }

  /** Goes on in `block`, if this place is reached at all. */
  goto(block: OpenBlock): void {
    if (!this.current) return;
    this.close(this.current, { kind: "goto", to: block });
    this.current = undefined;
  }

  /** Goes on in a new block, because the handler has changed. */
  split(): void {
    const reached = this.current !== undefined;
    const block = this.open();
    if (reached) {
      this.goto(block);
      this.start(block);
    }
  }

  load(variable: VariableId, span: Span): ValueId {
    const dst = this.next();
    this.emit({ op: "load", dst, variable, span });
    return dst;
  }

  store(variable: VariableId, value: ValueId, span: Span): void {
    this.emit({ op: "store", variable, value, span });
  }

  literal(value: string | number | boolean | null | undefined, span: Span): ValueId {
    const dst = this.next();
    this.emit({ op: "literal", dst, value, span });
    return dst;
  }
}
