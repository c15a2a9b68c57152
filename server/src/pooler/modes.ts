import type { PoolMode } from "../core/profile.ts";

const modes: ReadonlySet<string> = new Set<PoolMode>(["session", "transaction", "statement"]);

export const isPoolMode = (text: string): text is PoolMode => modes.has(text);
