import { expect } from "vitest";
import { act, prove } from "./proof.ts";

const long = "orders-api of the customer-facing web shop, region eu-central, blue deployment";

prove(
  "no-invalid-application-name",
  act({
    example: "example has another name in each process",
    fixed: "fixed example has one name in all processes",
    modes: ["transaction", "session"],
    play: async (stage) => {
      const names = [];
      for (const label of ["app 1", "app 2"]) {
        const app = await stage.application(label);
        names.push(await app.call("whoAmI"));
      }
      return { names, clients: await stage.clients() };
    },
    fault: (seen) => {
      expect(new Set(seen.clients.map((client) => client.application_name)).size).toBe(2);
    },
    mended: (seen) => {
      expect(new Set(seen.clients.map((client) => client.application_name)).size).toBe(1);
    },
  }),
  act({
    example: `a name of ${long.length} bytes is cut to 63`,
    modes: ["transaction", "session"],
    applications: { example: "libraries.mjs", fixed: "libraries.mjs" },
    play: async (stage) => {
      const app = await stage.application("app");
      await app.call("open", "node-postgres", { application_name: long }, {});
      await app.call("askAtOnce", 1);
      return { clients: await stage.clients(), activity: await stage.activity() };
    },
    fault: (seen) => {
      expect(seen.activity).toEqual([{ state: "idle", application_name: long.slice(0, 63) }]);
    },
  }),
);
