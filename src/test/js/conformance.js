/** Runs the SDK through the vectors of src/site/conformance, as its README describes. */

/**
 * @param {typeof import("../../../webapp/sdk/simpleim.js").SimpleIM} SimpleIM
 * @param {string} player address of the player
 * @param {string[]} [names] of the vectors; default all
 * @returns {Promise<Record<string, string[]>>} failures by vector
 */
export async function playAll(SimpleIM, player, names) {
  const control = controlOf(player);
  const results = {};
  for (const { name } of await control("vectors")) {
    if (!names || names.includes(name)) {
      results[name] = await play(SimpleIM, player, control, name);
    }
  }
  return results;
}

async function play(SimpleIM, player, control, vector) {
  await control("begin", { vector });
  const report = inOrder((event) => control("event", event));
  const storage = memory();
  let client = newClient();
  const actions = {
    connect: () => client.connect().catch(() => {}),
    send_to_user: ({ to_user_id: userId, message }) => follow(client.sendToUser(userId, message), message, report),
    send_to_room: ({ room_id: roomId, message }) => follow(client.sendToRoom(roomId, message), message, report),
    history: (action) => history(client, action, report),
    restart: () => {
      client.close();
      client = newClient();
      client.connect();
    },
  };
  for (let action = await control("action"); action.do !== "end"; action = await control("action")) {
    actions[action.do](action);
  }
  client.close();
  return (await control("result")).failures;

  function newClient() {
    const made = new SimpleIM({
      url: player,
      getToken: async () => (await control("token")).token,
      storage,
      backoff: { firstMillis: 50, longestMillis: 2_100 },
    });
    made.on("message", ({ roomId, seq, senderId, text }) =>
      report({ event: "message", room_id: roomId, seq, send_user_id: senderId, message: text }),
    );
    made.on("reset", ({ roomId }) => report({ event: "reset", room_id: roomId }));
    made.on("gap", (gap) => report({ event: "gap", ...gap }));
    made.on("state", ({ state }) => state === "stopped" && report({ event: "stopped" }));
    return made;
  }
}

function follow(sent, message, report) {
  sent.then(
    ({ seq }) => report({ event: "stored", message, seq }),
    ({ code }) => report({ event: "failed", message, error: code }),
  );
}

async function history(client, { room_id: roomId, page_size: pageSize }, report) {
  const seqs = [];
  for await (const { seq } of client.history(roomId, { pageSize })) {
    seqs.push(seq);
  }
  report({ event: "history", room_id: roomId, seqs });
}

function controlOf(player) {
  return async (call, parameters = {}) => {
    const body = JSON.stringify(parameters);
    return (await fetch(`${player}conformance/${call}`, { method: "POST", body })).json();
  };
}

/** @returns a function that runs the task for one value after another */
function inOrder(task) {
  let last = Promise.resolve();
  return (value) => (last = last.then(() => task(value)));
}

function memory() {
  const values = new Map();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
    removeItem: (key) => values.delete(key),
  };
}
