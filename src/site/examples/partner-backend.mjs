/**
 * A shop with its own users that lets them chat: run `node partner-backend.mjs`, then open http://localhost:3000 in two browsers.
 * Needs only Node.js 18. README.md lists the environment variables.
 *
 * Copy the calls to SimpleIM, the call `/chat-token`, and SCRIPT for the page. Replace the login.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const env = (name, ifAbsent) => (process.env[name] || ifAbsent).replace(/\/+$/, "");

/** The address of SimpleIM for this back end, and for browsers. */
const IM = env("SIMPLEIM_URL", "http://localhost:8080");
const IM_OF_BROWSERS = env("SIMPLEIM_PUBLIC_URL", IM);
const PARTNER_KEY = env("SIMPLEIM_PARTNER_KEY", "");
const PORT = Number(env("PORT", "3000"));

// ---- The calls to SimpleIM: the only place that has the partner key. ----

/** Maximum time that a browser's request waits here; for longer waits the browser tries again. */
const MOST_SECONDS = 2;

/** Not possible now: try again after this number of seconds. */
class NotNow extends Error {
  constructor(seconds) {
    super(`not now, in ${seconds} s`);
    this.seconds = seconds;
  }
}

/**
 * A token for one browser or app of a user; undefined if the user is banned. Tokens are not kept: each opens a session of its
 * own, and its holder acts as the user.
 */
async function chatToken(user) {
  const { data } = await call("/user/get_login_token", user);
  return data?.token;
}

/** Ends all of a user's sessions, on every device, and retries until it is done. Keep a table of these if they must survive a restart. */
async function endChatSessions(user) {
  try {
    await call("/user/end_sessions", user);
  } catch (error) {
    if (!(error instanceof NotNow)) {
      throw error;
    }
    setTimeout(() => endChatSessions(user).catch(report), Math.max(1, error.seconds) * 1000);
  }
}

async function call(path, user) {
  try {
    return await post(path, user);
  } catch (error) {
    if (!(error instanceof NotNow) || error.seconds > MOST_SECONDS) {
      throw error;
    }
    await sleep(error.seconds * 1000);
    return post(path, user);
  }
}

async function post(path, user) {
  let answer;
  let body;
  try {
    answer = await fetch(IM + path, {
      method: "POST",
      headers: { "X-Partner-Key": PARTNER_KEY },
      body: new URLSearchParams({ user_id: user }),
      signal: AbortSignal.timeout(5_000),
    });
    body = await answer.text();
  } catch {
    throw new NotNow(1);
  }
  // 429: too many at once from one address. 503: a store is unreachable, or the server is stopping. Both pass.
  if (answer.status === 429 || answer.status === 503) {
    const seconds = Number(answer.headers.get("Retry-After") ?? 1);
    throw new NotNow(Number.isInteger(seconds) ? seconds : 1);
  }
  const envelope = answer.status === 200 ? JSON.parse(body) : null;
  if (envelope === null || (envelope.code !== 200 && !envelope.error.startsWith("user_"))) {
    throw new Error(`SimpleIM answered ${answer.status} ${body}`);
  }
  return envelope;
}

// ---- REPLACE THIS with your own login. This one knows two users, keeps passwords in clear text, and forgets everything. ----

const COOKIE = "shop_session";
const passwords = new Map([["alice", "wonderland"], ["bob", "builder"]]);
const sessions = new Map();

const sessionOf = (request) => new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(request.headers.cookie ?? "")?.[1];

/** The user who is logged in; undefined if nobody is. */
const userOf = (request) => sessions.get(sessionOf(request));

function login(response, user, password) {
  if (!user || passwords.get(user) !== password) {
    return false;
  }
  const session = randomBytes(32).toString("base64url");
  sessions.set(session, user);
  // Use https in production and add: Secure.
  response.setHeader("Set-Cookie", `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict`);
  return true;
}

/** Ends the user's other sessions here. Returns the user, or undefined if nobody is logged in or the old password is wrong. */
function changePassword(request, old, changed) {
  const user = userOf(request);
  if (user === undefined || !changed || passwords.get(user) !== old) {
    return undefined;
  }
  passwords.set(user, changed);
  for (const [session, other] of sessions) {
    if (other === user && session !== sessionOf(request)) {
      sessions.delete(session);
    }
  }
  return user;
}

// ---- The shop's calls. ----

const calls = {
  "GET /": (request, response) => answer(response, 200, "text/html;charset=UTF-8", PAGE),
  "GET /chat.js": (request, response) =>
    answer(response, 200, "text/javascript;charset=UTF-8", SCRIPT.replaceAll("IM_URL", IM_OF_BROWSERS)),

  "GET /favicon.ico": (request, response) => answer(response, 204),

  /** A token for the user who is logged in here; the request cannot name another one. */
  "POST /chat-token": async (request, response) => {
    const user = userOf(request);
    if (user === undefined) {
      return answer(response, 401);
    }
    const token = await chatToken(user);
    return token === undefined
      ? answer(response, 403)
      : answer(response, 200, "application/json", JSON.stringify({ token }));
  },

  "POST /login": async (request, response) => {
    const form = await formOf(request);
    return answer(response, login(response, form.get("user"), form.get("password")) ? 204 : 401);
  },

  "POST /logout": (request, response) => {
    sessions.delete(sessionOf(request));
    return answer(response, 204);
  },

  /** Anybody who knew the old password is logged out of the shop and of the chat. */
  "POST /password": async (request, response) => {
    const form = await formOf(request);
    const user = changePassword(request, form.get("old"), form.get("new"));
    if (user !== undefined) {
      await endChatSessions(user);
    }
    return answer(response, user === undefined ? 401 : 204);
  },
};

async function handle(request, response) {
  try {
    const { pathname } = new URL(request.url, "http://shop");
    const call = calls[`${request.method} ${pathname}`];
    await (call ? call(request, response) : answer(response, 404));
  } catch (error) {
    if (error instanceof NotNow) {
      response.setHeader("Retry-After", error.seconds);
      answer(response, 503);
    } else {
      report(error);
      answer(response, 500);
    }
  }
}

/** The message contains neither keys nor tokens. */
function report(error) {
  console.error(String(error));
}

async function formOf(request) {
  let text = "";
  for await (const part of request) {
    text += part;
    if (text.length > 4096) {
      throw new Error("too large a form");
    }
  }
  return new URLSearchParams(text);
}

function answer(response, status, type = "text/plain", text = "") {
  response.setHeader("Content-Type", type);
  // Nobody may cache a token, or a page with an old address.
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Security-Policy", contentSecurityPolicy());
  response.writeHead(status).end(text);
}

/** A page with its own policy has to allow the SDK's script, its calls and its WebSocket. */
function contentSecurityPolicy() {
  const im = new URL(IM_OF_BROWSERS).origin;
  const webSockets = im.replace(/^http/, "ws");
  return `default-src 'self'; script-src 'self' ${im}; connect-src 'self' ${im} ${webSockets}; ` +
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
}

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A shop with a chat</title>
<h1>A shop with a chat</h1>
<form id="login">
  <input name="user" placeholder="alice or bob" autocomplete="username" required>
  <input name="password" type="password" placeholder="wonderland or builder" autocomplete="current-password" required>
  <button>Log in</button>
</form>
<section id="chat" hidden>
  <p>You are <b id="me"></b>, <span id="state"></span>. <button id="logout">Log out</button></p>
  <ol id="messages"></ol>
  <form id="send">
    <input name="to" placeholder="To whom" required>
    <input name="text" placeholder="What" required>
    <button>Send</button>
  </form>
</section>
<script type="module" src="/chat.js"></script>
`;

const SCRIPT = `import { SimpleIM } from "IM_URL/sdk/simpleim.js";

const $ = (selector) => document.querySelector(selector);

// A page gets tokens from its own back end, and never from SimpleIM.
async function getToken() {
  const answer = await fetch("/chat-token", { method: "POST" });
  if (answer.status === 401 || answer.status === 403) {
    return null; // Nobody is logged in, or may chat: the client stops.
  }
  if (!answer.ok) {
    throw new Error(\`status \${answer.status}\`); // Not now: the client tries again.
  }
  return (await answer.json()).token;
}

const im = new SimpleIM({ url: "IM_URL/", getToken });
im.on("state", ({ state }) => {
  $("#state").textContent = state;
});
im.on("message", ({ senderId, text }) => {
  const item = document.createElement("li");
  item.textContent = \`\${senderId}: \${text}\`; // Never as HTML: it is what a user has written.
  $("#messages").append(item);
});
$("#send").addEventListener("submit", (event) => {
  event.preventDefault();
  const { to, text } = event.target.elements;
  im.sendToUser(to.value, text.value).catch((error) => alert(error.message));
  text.value = "";
});
// That is all. What follows is the shop's own login.

async function enter() {
  await im.connect().catch(() => {}); // Stopped: there was no token.
  $("#me").textContent = im.userId;
  $("#chat").hidden = im.userId === null;
  $("#login").hidden = im.userId !== null;
}
$("#login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target));
  const answer = await fetch("/login", { method: "POST", body });
  await (answer.ok ? enter() : alert("No such user, or another password"));
});
$("#logout").addEventListener("click", async () => {
  await im.logout();
  await fetch("/logout", { method: "POST" });
  location.reload();
});
await enter();
`;

const server = createServer(handle).listen(PORT, "127.0.0.1", () => {
  console.log(`The shop is open at http://localhost:${server.address().port}`);
});
