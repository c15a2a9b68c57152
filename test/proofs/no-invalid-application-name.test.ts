import { expect } from "vitest";
import { act, prove } from "./proof.ts";

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
);
