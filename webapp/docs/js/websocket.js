import { language } from "./language.js";
import { socketBase } from "./base.js";
import { blocks, element, inline, json, table } from "./dom.js";
import { lines, resolve } from "./schema.js";
import { spec } from "./spec.js";

const TEXTS = {
  en: {
    connections: "Connections", operations: "Operations", pushes: "Pushes and events", codes: "Close codes", errors: "Errors",
    frame: "Frame", reply: "Reply", fields: "Fields of the reply", refused: "Possible errors", takes: "Takes",
    query: "Query", headers: "Token", field: "field", type: "type", means: "meaning", code: "code", name: "name", yes: "required",
    anyFrame: "Any other frame is answered with",
  },
  zh: {
    connections: "连接", operations: "操作", pushes: "推送与事件", codes: "关闭码", errors: "错误",
    frame: "帧", reply: "应答", fields: "应答的字段", refused: "可能的错误", takes: "接受",
    query: "查询参数", headers: "token", field: "字段", type: "类型", means: "含义", code: "代码", name: "名称", yes: "必填",
    anyFrame: "其他的帧会得到",
  },
};
const text = TEXTS[language];
const document_ = await spec("asyncapi.yaml");
const of = (node) => resolve(document_, node);

const fieldTable = (schema) => table([text.field, text.type, text.means], lines(document_, schema).map((line) => [
  element("span", {}, element("code", {}, line.path), line.required ? element("small", {}, text.yes) : ""),
  element("span", { class: "type" }, line.type),
  inline(line.description),
]));

const errorList = (names) => element("p", {}, `${text.refused}: `,
  names.flatMap((name, i) => [i ? ", " : "", element("a", { href: "#errors" }, element("code", {}, name))]));

/** The message's example with this name, else its first one. */
const example = (message, name) =>
  (message.examples.find((candidate) => candidate.name === name) ?? message.examples[0]).payload;

function operation([id, { messages, reply, "x-errors": errors }]) {
  const frame = of(messages[0]);
  const [answer] = reply.messages.map(of);
  return element("section", { id: `op-${id}` },
    element("h3", {}, frame.title),
    element("p", {}, inline(frame.summary)),
    element("div", { class: "pair" },
      element("div", {}, element("h4", {}, text.frame), json(example(frame))),
      element("div", {}, element("h4", {}, text.reply), json(example(answer, id)))),
    fieldTable(frame.payload),
    element("details", {}, element("summary", {}, text.fields), fieldTable(answer.payload)),
    errorList(errors));
}

function push([id, { messages }]) {
  const message = of(messages[0]);
  return element("section", { id: `op-${id}` },
    element("h3", {}, message.title),
    element("p", {}, inline(message.summary)),
    message.examples.map(({ payload }) => json(payload)),
    fieldTable(message.payload));
}

function channel([, { address, title, description, bindings: { ws } }]) {
  return element("section", {},
    element("h3", {}, title),
    element("pre", { tabindex: "0" }, element("code", {}, new URL(address.slice(1), socketBase).href)),
    element("p", {}, inline(description)),
    element("h4", {}, text.headers), fieldTable(ws.headers),
    element("h4", {}, text.query), fieldTable(ws.query));
}

const codes = () => table([text.code, text.name, text.means],
  document_["x-close-codes"].map(({ code, name, description }) =>
    [element("code", {}, String(code)), element("code", {}, name), inline(description)]));

const chapter = (id, ...content) => element("section", { id, "aria-labelledby": `h-${id}` },
  element("h2", { id: `h-${id}` }, text[id]), content);

const operations = Object.entries(document_.operations);
const taken = operations.filter(([, { action }]) => action === "receive");
const sent = operations.filter(([, { action }]) => action === "send");

function contents() {
  const link = (href, label) => element("li", {}, element("a", { href }, label));
  const list = (entries) => element("ul", {},
    entries.map(([id, { messages }]) => link(`#op-${id}`, of(messages[0]).title)));
  return element("ul", {},
    link("#connections", text.connections),
    element("li", {}, element("a", { href: "#operations" }, text.operations), list(taken)),
    element("li", {}, element("a", { href: "#pushes" }, text.pushes), list(sent)),
    link("#codes", text.codes),
    link("#errors", text.errors));
}

document.getElementById("contents").replaceChildren(contents());
document.getElementById("reference").replaceChildren(
  element("h1", {}, document_.info.title),
  blocks(document_.info.description),
  chapter("connections", Object.entries(document_.channels).map(channel)),
  chapter("operations", taken.map(operation)),
  chapter("pushes", sent.map(push)),
  chapter("codes", codes()),
  chapter("errors",
    element("p", {}, `${text.anyFrame} `, document_["x-frame-errors"].map((name, i) =>
      [i ? ", " : "", element("code", {}, name)])),
    blocks(document_.components.schemas.ErrorName.description)));
// The browser looked for the section before it was there.
document.getElementById(location.hash.slice(1))?.scrollIntoView();
