// Which VS Code the tests run in.
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { setUpHost } from "./host/setup.mjs";

/**
 * The executable for `runTests`: desktop VS Code where it can be downloaded and shown, else the host's.
 * `EDITOR_VSCODE=desktop|host` decides without asking. Where neither can run, `why` says it.
 */
export async function findVSCode() {
  const wanted = process.env.EDITOR_VSCODE ?? ((await canDownload()) ? "desktop" : "host");
  if (wanted === "desktop") return { executable: await downloadAndUnzipVSCode() };
  if (process.platform !== "linux" || process.arch !== "x64") return { why: "the editor host is for Linux on x64" };
  setUpHost();
  return { executable: fileURLToPath(new URL("host/code.mjs", import.meta.url)) };
}

async function canDownload() {
  // Desktop VS Code needs a screen.
  if (process.platform === "linux" && !process.env.DISPLAY) return false;
  try {
    const answer = await fetch("https://update.code.visualstudio.com/api/releases/stable", {
      signal: AbortSignal.timeout(3_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
