/** Milliseconds by stage, stages first, then rules by cost. */
export const printTiming = (
  timing: readonly { readonly stage: string; readonly ms: number }[],
  total: number,
): string => {
  const stages = timing.filter(({ stage }) => !stage.includes("/"));
  const rules = timing.filter(({ stage }) => stage.includes("/")).sort((a, b) => b.ms - a.ms);
  const rows = [...stages, ...rules.map(({ stage, ms }) => ({ stage: `  ${stage}`, ms })), { stage: "all", ms: total }];
  const width = Math.max(...rows.map(({ stage }) => stage.length));
  return rows.map(({ stage, ms }) => `${stage.padEnd(width)}  ${ms.toFixed(1).padStart(8)} ms\n`).join("");
};
