import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { bundleServer, Client, type ClientOptions, Folder } from "./client.ts";

/** For one test file: bundles a server (the fake one unless told otherwise); its clients and folders are gone after each test. */
export function useServer(entry = new URL("./fake-server.ts", import.meta.url).pathname) {
  const clients: Client[] = [];
  const folders: Folder[] = [];
  let server: string;
  beforeAll(async () => {
    server = await bundleServer(entry);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.stop();
    for (const folder of folders.splice(0)) folder.remove();
  });
  afterAll(() => rmSync(dirname(server), { recursive: true }));
  return {
    async start(options: Omit<ClientOptions, "server"> = {}): Promise<Client> {
      const client = await Client.start({ server, ...options });
      clients.push(client);
      return client;
    },
    folder(files: Readonly<Record<string, string>> = {}): Folder {
      const folder = new Folder({ "package.json": "{}", ...files });
      folders.push(folder);
      return folder;
    },
  };
}

/** A source that imports a driver, so that it is analysed; the body begins on line 1 (from 0). */
export const source = (body: string): string => `import { Pool } from "pg";\n${body}\n`;
