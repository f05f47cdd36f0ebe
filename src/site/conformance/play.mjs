#!/usr/bin/env node
/**
 * Plays the vectors of this folder to a client: node play.mjs [--port 8099] [--patience 15000]. The patience is the maximum
 * time in milliseconds that a step waits for the client. README.md describes how to drive a client.
 * Needs only Node.js 18 or newer.
 */

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Script } from "./lib/script.mjs";

const FOLDER = new URL("vectors/", import.meta.url);
const NUMERIC_PARAMETERS = new Set(["page", "page_size", "before_seq", "after_seq"]);
const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8099" },
    patience: { type: "string", default: "15000" },
  },
});

const vectors = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => [file.replace(/\.json$/, ""), JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))]),
);
let script = null;

/** The calls of a client's test. */
const CONTROL = {
  "/conformance/vectors": () => [...vectors].map(([name, { says, needs = [] }]) => ({ name, says, needs })),
  "/conformance/begin": ({ vector }) => {
    script?.stop();
    script = new Script(vectors.get(vector), Number(options.patience));
    script.run();
    return { user_id: vectors.get(vector).user_id };
  },
  "/conformance/token": () => ({ token: script.server.newToken() }),
  "/conformance/action": () => script.nextAction(),
  "/conformance/event": (event) => script.recordEvent(event) ?? {},
  "/conformance/result": () => ({ passed: script.isOver && script.failures.length === 0, failures: script.failures }),
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://any");
  const parameters = await parametersOf(request, url);
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "token, Authorization, Content-Type, Accept-Language");
  response.setHeader("Access-Control-Max-Age", "7200");
  if (request.method === "OPTIONS") {
    response.writeHead(204).end();
    return;
  }
  const token = request.headers.token ?? request.headers.authorization?.replace(/^Bearer /, "");
  const control = CONTROL[url.pathname];
  const answer = control ? await control(parameters) : script.server.call(url.pathname, token, parameters);
  response.setHeader("Content-Type", "application/json;charset=UTF-8");
  response.end(JSON.stringify(answer));
});
server.on("upgrade", (request, socket, head) => script.server.upgrade(request, socket, head));
server.listen(Number(options.port), "127.0.0.1", () => console.log(`Ready at http://127.0.0.1:${server.address().port}/`));

/** The parameters in the query and in the body, which is a form or JSON. Numeric ones are converted. */
async function parametersOf(request, url) {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
  }
  if (body.startsWith("{")) {
    return JSON.parse(body);
  }
  const texts = [...url.searchParams, ...new URLSearchParams(body)];
  return Object.fromEntries(texts.map(([name, text]) => [name, NUMERIC_PARAMETERS.has(name) ? Number(text) : text]));
}
