import type { ProfilePart } from "./settings.ts";

/** What every pool says alike holds for a connection whose database is not known. */
export const sameMode = (parts: readonly ProfilePart[]): ProfilePart => {
  const [first, ...others] = parts;
  const mode = first?.mode;
  return mode && others.every((part) => part.mode?.value === mode.value) ? { mode } : {};
};
