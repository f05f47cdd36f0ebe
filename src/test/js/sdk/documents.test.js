/** The types and the README match the client. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ImError, SimpleIM } from "../../../../webapp/sdk/simpleim.js";
import { completeOptions } from "../../../../webapp/sdk/lib/options.js";

const read = (name) => readFileSync(new URL(`../../../../webapp/sdk/${name}`, import.meta.url), "utf8");
const types = read("simpleim.d.ts");
const readme = read("README.md");

/** The names of the members of an interface or class. */
function membersOf(declaration) {
  const body = types.split(`${declaration} {\n`)[1].split("\n}\n")[0];
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)(?:<.*?>)?\??[(:]/gm)].map(([, name]) => name);
}

test("the types declare exactly the client's methods", () => {
  const declared = membersOf("export class SimpleIM");
  assert.deepEqual(new Set(declared), new Set(Object.getOwnPropertyNames(SimpleIM.prototype)));
});

test("the types declare exactly the members of an error", () => {
  const error = ImError.of({ code: -1, msg: "", error: "e", parameter: "p", retry_after: 1 }, 429);
  const own = Object.keys(error).filter((name) => name !== "name");
  assert.deepEqual(new Set(membersOf("export class ImError extends Error")), new Set(own));
});

test("every default belongs to a declared option", () => {
  const options = completeOptions({ url: "https://chat.example/", getToken() {} });
  const declared = [...membersOf("export interface ClientOptions"), "base"];
  assert.deepEqual(Object.keys(options).filter((name) => !declared.includes(name)), []);
});

for (const declaration of ["interface ClientOptions", "interface Events", "class SimpleIM"]) {
  test(`README.md names each member of ${declaration}`, () => {
    const missing = membersOf(`export ${declaration}`).filter((name) => !new RegExp(`\`${name}\\b`).test(readme));
    assert.deepEqual(missing.filter((name) => name !== "constructor"), []);
  });
}

test("package.json publishes the client", () => {
  const { files, exports } = JSON.parse(read("package.json"));
  assert.ok(files.includes("lib/") && files.includes("simpleim.js") && files.includes("simpleim.d.ts"));
  assert.equal(exports["."].default, "./simpleim.js");
});
