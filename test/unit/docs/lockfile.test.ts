import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const folders = ["", "test/conformance/", "test/proofs/drivers/", "test/editor/host/"];

/** `npm ci` refuses a lockfile that leaves out the binaries of other platforms, which an installation on one of them may drop. */
test.each(folders)("the lockfile of /%s has the packages of every platform", (folder) => {
  const text = readFileSync(new URL(`../../../${folder}package-lock.json`, import.meta.url), "utf8");
  const { packages } = JSON.parse(text) as { packages: Record<string, Locked> };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        !packages[`${path}/node_modules/${name}`] &&
        !Object.keys(packages).some((each) => each.endsWith(`node_modules/${name}`)),
    ),
  );
  expect(missing).toEqual([]);
});

test("the lockfiles name no registry", () => {
  for (const folder of folders) {
    const text = readFileSync(new URL(`../../../${folder}package-lock.json`, import.meta.url), "utf8");
    expect([...text.matchAll(/"resolved": "https?:[^"]*"/g)], folder).toEqual([]);
  }
});
