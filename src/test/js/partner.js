/** A partner's page in a test: clients of users, and the events they received. */

/**
 * Loads the SDK from the server, which has another origin, and connects.
 *
 * @param {Record<string, string>} ids user ids by the names used in the test
 * @param {Record<string, string>} tokens tokens of this page's users by name
 */
export async function start(server, ids, tokens) {
  const { SimpleIM } = await import(new URL("sdk/simpleim.js", server).href);
  const nameOf = (id) => Object.keys(ids).find((name) => ids[name] === id);
  const im = {};
  for (const [name, token] of Object.entries(tokens)) {
    const client = new SimpleIM({ url: server, getToken: () => token, backoff: { firstMillis: 100, longestMillis: 1_000 } });
    const told = { seqs: [], texts: [], gaps: 0 };
    client.on("message", ({ seq, text, senderId }) => {
      told.seqs.push(seq);
      told.texts.push(`${nameOf(senderId)}: ${text}`);
    });
    client.on("gap", () => told.gaps++);
    im[name] = { client, told, say: (to, text) => client.sendToUser(ids[to], text) };
    client.connect();
  }
  globalThis.im = im;
}
