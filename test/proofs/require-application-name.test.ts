import { expect } from "vitest";
import { act, prove } from "./proof.ts";

/** The first version that gives an unnamed client an empty name instead of the one left on the server. */
const clearsNames = "1.22";

prove(
  "require-application-name",
  act({
    example: "example runs under the name of whoever used the server before, where PgBouncer is older than 1.22",
    fixed: "fixed example runs under its own name",
    modes: ["transaction"],
    settings: { default_pool_size: 1 },
    play: async (stage) => {
      await (await stage.stranger("billing")).ask("select count(*)::int as orders from orders");
      const app = await stage.application("app");
      const name = await app.call("whoAmI");
      const sent = app.sentName();
      const clients = await stage.clients();
      const activity = await stage.activity();
      return { name, sent, activity, clients };
    },
    fault: (seen, { program }) => {
      expect(seen.sent).toBeUndefined();
      const older = program.version.localeCompare(clearsNames, "en", { numeric: true }) < 0;
      expect(seen.name).toEqual({ kind: "value", value: older ? "billing" : "" });
      expect(seen.activity).toEqual([{ state: "idle", application_name: older ? "billing" : "" }]);
    },
    mended: (seen) => {
      expect(seen.sent).toBe("orders-api");
      expect(seen.name).toEqual({ kind: "value", value: "orders-api" });
      expect(seen.activity).toEqual([{ state: "idle", application_name: "orders-api" }]);
    },
  }),
);
