/** Drives the SDK through the vectors of src/site/conformance, as its README says. */

/**
 * @param {typeof import("../../../webapp/sdk/simpleim.js").SimpleIM} SimpleIM
 * @param {string} player its address
 * @param {string[]} [names] all unless given
 * @returns {Promise<Record<string, string[]>>} what failed, by vector
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
  const tell = inOrder((event) => control("event", event));
  const storage = memory();
  let client = newClient();
  const actions = {
    connect: () => client.connect().catch(() => {}),
    send_to_user: ({ to_user_id: userId, message }) => follow(client.sendToUser(userId, message), message, tell),
    send_to_room: ({ room_id: roomId, message }) => follow(client.sendToRoom(roomId, message), message, tell),
    history: (action) => history(client, action, tell),
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
      tell({ event: "message", room_id: roomId, seq, send_user_id: senderId, message: text }),
    );
    made.on("reset", ({ roomId }) => tell({ event: "reset", room_id: roomId }));
    made.on("gap", (gap) => tell({ event: "gap", ...gap }));
    made.on("state", ({ state }) => state === "stopped" && tell({ event: "stopped" }));
    return made;
  }
}

function follow(sent, message, tell) {
  sent.then(
    ({ seq }) => tell({ event: "stored", message, seq }),
    ({ code }) => tell({ event: "failed", message, error: code }),
  );
}

async function history(client, { room_id: roomId, page_size: pageSize }, tell) {
  const seqs = [];
  for await (const { seq } of client.history(roomId, { pageSize })) {
    seqs.push(seq);
  }
  tell({ event: "history", room_id: roomId, seqs });
}

function controlOf(player) {
  return async (call, parameters = {}) => {
    const body = JSON.stringify(parameters);
    return (await fetch(`${player}conformance/${call}`, { method: "POST", body })).json();
  };
}

/** One after the other. */
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
