import { spawnSync } from "node:child_process";

/** Runs `npm <command>` in a folder. No install script of any package runs. Throws where npm fails. */
export function install(folder, command, ...flags) {
  // `npm run` hands its own settings down as npm_*: `npm_config_prefix` and kin would send the packages elsewhere.
  const keep = /^npm_config_(registry|cache|cafile|proxy|https_proxy|noproxy|userconfig|globalconfig)$/;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("npm_") || keep.test(name)),
  );
  const args = [command, ...flags, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed in ${folder}`);
}
