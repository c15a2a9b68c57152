import { describe, expect, it } from "vitest";
import { iniCases, startsWith } from "../../proofs/inis/table.ts";
import { reasonsAgainst } from "../../proofs/inis/verdict.ts";

/** What `npm run proofs` sees on the real programs is in the table; here the verdict is held against the table. */
describe.each(["1.18", "1.24"])("whether PgBouncer %s starts", (version) => {
  it("is asked of a hundred files", () => {
    const starting = iniCases.filter((each) => startsWith(each, version)).length;
    expect(iniCases.length).toBeGreaterThanOrEqual(100);
    expect(starting).toBeGreaterThan(40);
    expect(iniCases.length - starting).toBeGreaterThan(40);
  });

  it.each(iniCases.map((each) => [each.name, each] as const))("%s", async (_name, each) => {
    const reasons = await reasonsAgainst(each.text, version);
    expect(reasons.length === 0, reasons.join("\n")).toBe(startsWith(each, version));
  });
});
