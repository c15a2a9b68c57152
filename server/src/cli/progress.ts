import type { Terminal } from "./terminal.ts";

/** One line on a terminal that counts files; nothing anywhere else. */
export interface Progress {
  (seen: number): void;
  /** Takes the line away again. */
  done(): void;
}

/** Short checks end before a line would be worth reading. In ms. */
const delay = 400;
const pace = 100;

export const createProgress = ({ interactive, draw }: Terminal): Progress => {
  const begun = Date.now();
  let shown = 0;
  const progress = (seen: number) => {
    const now = Date.now();
    if (!interactive || now - begun < delay || now - shown < pace) return;
    shown = now;
    draw(`\r\u001b[Kreading the workspace: ${seen} files`);
  };
  return Object.assign(progress, {
    done() {
      if (shown) draw("\r\u001b[K");
    },
  });
};
