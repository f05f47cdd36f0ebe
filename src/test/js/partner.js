/** A partner's page in a test: clients of users, and what they were told. */

/**
 * Loads the SDK from the server, which is another site, and connects.
 *
 * @param {Record<string, string>} ids of users, by the names that the test has for them
 * @param {Record<string, string>} tokens of those who use this page
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
