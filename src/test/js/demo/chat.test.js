/** What the chat page knows, without the page: the client is in the test's hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "../../../../webapp/demo/model/chat.js";
import { linkify } from "../../../../webapp/demo/view/linkify.js";

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A client whose calls answer what the test says. */
function fakeClient(calls = {}) {
  const listeners = {};
  const sent = [];
  return {
    sent,
    on: (event, listener) => ((listeners[event] ??= []).push(listener)),
    raise: (event, detail) => listeners[event].forEach((listener) => listener(detail)),
    outbox: () => [],
    connect: async () => {},
    conversations: async () => [],
    members: async () => [],
    historyPage: async () => [],
    markRead() {},
    sendToRoom: async (roomId, text) => sent.push([roomId, text]),
    ...calls,
  };
}

function conversation(roomId, lastSeq = 1) {
  return { roomId, roomType: 2, name: roomId, peerUserId: "", hostUserId: "bob", memberCount: 3, lastSeq, readSeq: 0,
    lastText: "", lastSenderId: "bob", updatedAt: 1_700_000_000, createdAt: 1_700_000_000 };
}

function message(roomId, seq) {
  return { roomId, roomType: 2, seq, messageId: `m${seq}`, senderId: "bob", own: false, text: `${seq}`, type: 1,
    createdAt: 1_700_000_000 };
}

async function chatOf(client) {
  const chat = new Chat(client, "alice");
  client.raise("state", { state: "online" });
  await settled();
  return chat;
}

test("of members of whom it is not told how far they have read, it is known later", async () => {
  const client = fakeClient({ members: async () => [{ userId: "bob", isHost: true, joinedAt: 0 }] });
  const chat = await chatOf(client);
  await chat.members("r");
  client.raise("read", { roomId: "r", userId: "bob", seq: 7 });
  assert.equal(chat.room("r").readers.get("bob"), 7);
});

test("one can write in a room whose store was set back, before the list is here again", async () => {
  const client = fakeClient({ conversations: async () => [conversation("r", 9)] });
  const chat = await chatOf(client);
  chat.open("r");
  client.raise("state", { state: "syncing" });
  client.raise("reset", { roomId: "r" });
  chat.send("r", "hello");
  assert.deepEqual(client.sent, [["r", "hello"]]);
  client.raise("message", message("r", 1));
  assert.equal(chat.conversations.get("r").lastSeq, 1);
});

test("a room that moves up while the list is read is not taken for one that was left", async () => {
  const many = Array.from({ length: 150 }, (_, i) => conversation(`r${i}`));
  let isMoving = false;
  const left = new Set(["r149"]);
  const client = fakeClient({
    conversations: async ({ page, pageSize }) => {
      const rooms = isMoving && page > 1 ? many.filter(({ roomId }) => roomId !== "r120" && !left.has(roomId)) : many;
      return rooms.slice((page - 1) * pageSize, page * pageSize);
    },
    members: async (roomId) => {
      if (left.has(roomId)) {
        throw Object.assign(new Error(), { code: "not_in_room" });
      }
      return [];
    },
  });
  const chat = await chatOf(client);
  await chat.listMore();
  await chat.listMore();
  assert.equal(chat.conversations.size, 150);
  isMoving = true;
  client.raise("state", { state: "waiting" });
  client.raise("state", { state: "online" });
  await settled();
  await settled();
  assert.notEqual(chat.conversations.get("r120"), undefined);
  assert.equal(chat.conversations.get("r149"), undefined);
});

test("what could not be fetched between old and new messages can be asked for again", async () => {
  let fails = false;
  const client = fakeClient({
    conversations: async () => [conversation("r", 1)],
    historyPage: async () => {
      if (fails) {
        throw new Error("429");
      }
      return [message("r", 1)];
    },
  });
  const chat = await chatOf(client);
  chat.open("r");
  await settled();
  fails = true;
  client.raise("message", message("r", 5));
  await settled();
  assert.equal(chat.room("r").isLoaded, false);
  assert.equal(chat.room("r").hasFailed, true);
});

test("an address that goes on for very long does not stop the page", () => {
  globalThis.document = { createElement: () => ({}) };
  const [link, rest] = linkify(`http://a${")".repeat(300_000)}b).`);
  delete globalThis.document;
  assert.ok(link.href.endsWith(")b"));
  assert.equal(rest, ").");
});

test("a page that may keep nothing works for as long as it is open", async () => {
  const forbidden = () => {
    throw new Error("SecurityError");
  };
  Object.defineProperty(globalThis, "sessionStorage", { get: forbidden, configurable: true });
  const { Drafts } = await import("../../../../webapp/demo/model/drafts.js");
  const { signedIn } = await import("../../../../webapp/demo/model/sign-in.js");
  signedIn.set({ userId: "alice", token: "t", isGiven: false });
  assert.equal(signedIn.get().userId, "alice");
  const drafts = new Drafts("alice");
  drafts.set("r", "not yet");
  drafts.set("s", "nor this");
  assert.equal(drafts.get("r"), "not yet");
  drafts.clear();
  assert.deepEqual([drafts.get("r"), drafts.get("s"), signedIn.get().userId], ["", "", "alice"]);
});

test("a conversation that is not open does not grow for as long as messages come in", async () => {
  const client = fakeClient({ conversations: async () => [conversation("r", 1)], historyPage: async () => [message("r", 1)] });
  const chat = await chatOf(client);
  chat.open("r");
  await settled();
  chat.open(null);
  for (let seq = 2; seq <= 1_000; seq++) {
    client.raise("message", message("r", seq));
  }
  const { messages } = chat.room("r");
  assert.deepEqual([messages.length, messages.at(-1).seq], [200, 1_000]);
});
