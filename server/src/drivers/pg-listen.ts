import type { Driver } from "../core/driver.ts";
import { pgClientOptions, pgPool, pgUrlParameters } from "./pg-types.ts";

/** pg-listen: one connection that waits for notifications, opened again whenever it is lost. */
export const pgListen: Driver = {
  name: "pg-listen",
  label: "pg-listen",
  language: "javascript",
  documentation: "https://github.com/andywer/pg-listen#readme",
  modules: {
    "pg-listen": { "=": { value: "CreateSubscriber" }, default: { value: "CreateSubscriber" } },
  },
  types: {
    CreateSubscriber: {
      role: "value",
      call: { effects: [{ does: "opens", options: 0 }, { does: "listens" }], returns: "Subscriber" },
    },
    Subscriber: {
      role: "session",
      members: {
        connect: { effects: [{ does: "connects" }] },
        listenTo: {},
        unlisten: {},
        unlistenAll: {},
        notify: { effects: [{ does: "runs" }] },
        close: { effects: [{ does: "ends" }] },
      },
    },
  },
  options: pgClientOptions,
  urlParameters: pgUrlParameters,
  // It listens for the errors of its connection itself.
  pool: { ...pgPool, defaults: {}, traps: [], nullPool: [], boundedIdle: [], exitsOnIdleClose: false },
  applicationName: { option: "application_name", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  statements: "unnamed",
};
