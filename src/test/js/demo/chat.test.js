/** Tests of the chat page's model with a fake client. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "../../../../webapp/demo/model/chat.js";
import { linkify } from "../../../../webapp/demo/view/linkify.js";

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** @param methods that replace the defaults */
function fakeClient(methods = {}) {
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
    ...methods,
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

async function onlineChat(client) {
  const chat = new Chat(client, "alice");
  client.raise("state", { state: "online" });
  await settled();
  return chat;
}

test("read events set the position of members whose position was unknown", async () => {
  const client = fakeClient({ members: async () => [{ userId: "bob", isHost: true, joinedAt: 0 }] });
  const chat = await onlineChat(client);
  await chat.membership.members("r");
  client.raise("read", { roomId: "r", userId: "bob", seq: 7 });
  assert.equal(chat.room("r").readers.get("bob"), 7);
});

test("a room whose store was set back accepts messages before the list is refreshed", async () => {
  const client = fakeClient({ conversations: async () => [conversation("r", 9)] });
  const chat = await onlineChat(client);
  chat.open("r");
  client.raise("state", { state: "syncing" });
  client.raise("reset", { roomId: "r" });
  chat.send("r", "hello");
  assert.deepEqual(client.sent, [["r", "hello"]]);
  client.raise("message", message("r", 1));
  assert.equal(chat.conversations.get("r").lastSeq, 1);
});

test("a room that moves up while the list is loading does not count as left", async () => {
  const all = Array.from({ length: 150 }, (_, i) => conversation(`r${i}`));
  let hasMoved = false;
  const left = new Set(["r149"]);
  const client = fakeClient({
    conversations: async ({ page, pageSize }) => {
      const rooms = hasMoved && page > 1 ? all.filter(({ roomId }) => roomId !== "r120" && !left.has(roomId)) : all;
      return rooms.slice((page - 1) * pageSize, page * pageSize);
    },
    members: async (roomId) => {
      if (left.has(roomId)) {
        throw Object.assign(new Error(), { code: "not_in_room" });
      }
      return [];
    },
  });
  const chat = await onlineChat(client);
  await chat.loadMoreConversations();
  await chat.loadMoreConversations();
  assert.equal(chat.conversations.size, 150);
  hasMoved = true;
  client.raise("state", { state: "waiting" });
  client.raise("state", { state: "online" });
  await settled();
  await settled();
  assert.notEqual(chat.conversations.get("r120"), undefined);
  assert.equal(chat.conversations.get("r149"), undefined);
});

test("a gap that could not be filled can be loaded again", async () => {
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
  const chat = await onlineChat(client);
  chat.open("r");
  await settled();
  fails = true;
  client.raise("message", message("r", 5));
  await settled();
  assert.equal(chat.room("r").isLoaded, false);
  assert.equal(chat.room("r").hasFailed, true);
});

test("a very long address does not block the page", () => {
  globalThis.document = { createElement: () => ({}) };
  const [link, rest] = linkify(`http://a${")".repeat(300_000)}b).`);
  delete globalThis.document;
  assert.ok(link.href.endsWith(")b"));
  assert.equal(rest, ").");
});

test("without browser storage the page works as long as it is open", async () => {
  const forbidden = () => {
    throw new Error("SecurityError");
  };
  Object.defineProperty(globalThis, "sessionStorage", { get: forbidden, configurable: true });
  const { Drafts } = await import("../../../../webapp/demo/model/drafts.js");
  const { tabUser } = await import("../../../../webapp/demo/model/sign-in.js");
  tabUser.set({ userId: "alice", token: "t", isPasted: false });
  assert.equal(tabUser.get().userId, "alice");
  const drafts = new Drafts("alice");
  drafts.set("r", "not yet");
  drafts.set("s", "nor this");
  assert.equal(drafts.get("r"), "not yet");
  drafts.clear();
  assert.deepEqual([drafts.get("r"), drafts.get("s"), tabUser.get().userId], ["", "", "alice"]);
});

test("a closed conversation keeps a limited number of messages", async () => {
  const client = fakeClient({ conversations: async () => [conversation("r", 1)], historyPage: async () => [message("r", 1)] });
  const chat = await onlineChat(client);
  chat.open("r");
  await settled();
  chat.open(null);
  for (let seq = 2; seq <= 1_000; seq++) {
    client.raise("message", message("r", seq));
  }
  const { messages } = chat.room("r");
  assert.deepEqual([messages.length, messages.at(-1).seq], [200, 1_000]);
});
