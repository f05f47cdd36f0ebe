import { ModelServer } from "./model-server.mjs";
import { ScriptValues } from "./script-values.mjs";

/** Time after the last step in which nothing more may arrive. */
const SETTLING_MILLIS = 150;

/** Plays one vector against a client, step by step. README.md describes the steps. */
export class Script {
  server;
  failures = [];
  isOver = false;

  #vector;
  #patienceMillis;
  #values = new ScriptValues();
  #actions = [];
  /** The events that the application received, by kind. */
  #events = new Map();
  /** The number of expected events so far, by kind. */
  #expected = new Map();
  #unanswered = [];
  #connectionsSeen = 0;
  #lastEndAt = 0;
  #wakeUps = new Set();

  /** @param {number} patienceMillis maximum time that a step waits for the client */
  constructor(vector, patienceMillis) {
    this.#vector = vector;
    this.#patienceMillis = patienceMillis;
    this.server = new ModelServer(vector.user_id, () => this.#wake());
  }

  async run() {
    try {
      for (const [number, step] of this.#vector.steps.entries()) {
        await this.#play(step, `step ${number + 1}, ${JSON.stringify(step).slice(0, 200)}`);
      }
      await sleep(SETTLING_MILLIS);
      this.#reportUnexpected();
    } catch (error) {
      this.failures.push(error.message);
    }
    this.failures.push(...this.server.faults);
    this.isOver = true;
    this.#actions.push({ do: "end" });
    this.#wake();
  }

  stop() {
    this.server.cut();
    this.#actions.push({ do: "end" });
    this.#wake();
  }

  /** Waits for the next action of the application. */
  async nextAction() {
    await this.#until(() => this.#actions.length > 0, Infinity);
    return this.#actions.shift();
  }

  /** Records an event that the application received. */
  recordEvent({ event, ...detail }) {
    const received = this.#events.get(event) ?? [];
    this.#events.set(event, [...received, detail]);
    this.#wake();
  }

  async #play(step, where) {
    const steps = {
      do: (action) => this.#actions.push(this.#values.fill(action)) && this.#wake(),
      connection: (how) => this.#awaitConnection(how, where),
      expect: (frame) => this.#expectFrame(frame, step.answer, where),
      answer: (envelope) => this.#answer(this.#unanswered.shift(), envelope),
      push: (frame) => this.#push(frame),
      store: (push) => this.server.rooms.store(this.#values.fill(push)),
      setBack: ({ room_id: roomId, seq }) => this.server.rooms.setBack(this.#values.fill(roomId), seq),
      most: (count) => (this.server.rooms.most = count),
      hold: () => this.server.holdSyncs(),
      release: () => this.server.releaseSyncs(),
      close: (code) => this.#endConnection(() => this.server.close(code)),
      cut: () => this.#endConnection(() => this.server.cut()),
      endTokens: () => this.server.endTokens(),
      tokens: (hasTokens) => (this.server.hasTokens = hasTokens),
      refuse: (refusal) => (this.server.refusal = refusal),
      tokensAsked: (count) => this.#until(() => this.server.tokensAsked >= count, this.#patienceMillis, where),
      delivered: (events) => this.#expectEvents(events, where),
      quiet: (millis) => this.#expectQuiet(millis, where),
    };
    const kind = Object.keys(step).find((key) => steps[key]);
    if (!kind) {
      throw new Error(`${where}: no such step`);
    }
    await steps[kind](step[kind]);
  }

  async #awaitConnection({ notBefore = 0 }, where) {
    await this.#until(() => this.server.connections > this.#connectionsSeen, this.#patienceMillis, where);
    const waited = Date.now() - this.#lastEndAt;
    if (waited < notBefore) {
      throw new Error(`${where}: the client reconnected after only ${waited} ms`);
    }
    this.#connectionsSeen = this.server.connections;
  }

  async #expectFrame(expected, answer, where) {
    const find = () =>
      this.server.frames.find((entry) => !entry.isTaken && this.#values.matches(expected, entry.frame));
    const entry = await this.#until(find, this.#patienceMillis, where);
    entry.isTaken = true;
    if (answer) {
      this.#answer(entry, answer);
    } else if (/_message$/.test(entry.frame.op)) {
      this.#unanswered.push(entry);
    }
  }

  #answer(entry, envelope) {
    const filled = this.#values.fill(envelope);
    const { data } = filled;
    if (data?.seq !== undefined) {
      this.server.rooms.store({
        message_id: data.message_id,
        message_type: entry.frame.message_type ?? 1,
        message_data: entry.frame.message,
        room_id: data.room_id,
        room_type: entry.frame.op === "single_message" ? 1 : 2,
        send_user_id: this.#vector.user_id,
        seq: data.seq,
        created_at: data.created_at,
      });
    }
    this.server.answer(entry, filled);
  }

  #push(frame) {
    const push = this.#values.fill(frame);
    if (push.seq !== undefined && push.event === undefined) {
      this.server.rooms.store(push);
    }
    this.server.push(push);
  }

  #endConnection(end) {
    this.#lastEndAt = Date.now();
    this.#unanswered = [];
    end();
  }

  /** Expects these events as the next ones of their kinds. */
  async #expectEvents(events, where) {
    for (const { event, ...detail } of events) {
      const number = this.#expected.get(event) ?? 0;
      const next = () => this.#events.get(event)?.[number];
      const actual = await this.#until(next, this.#patienceMillis, `${where}: no ${event} ${JSON.stringify(detail)}`);
      if (!this.#values.matches(this.#values.fill(detail), actual)) {
        throw new Error(`${where}: expected ${event} ${JSON.stringify(detail)}, received ${JSON.stringify(actual)}`);
      }
      this.#expected.set(event, number + 1);
    }
  }

  async #expectQuiet(millis, where) {
    const activity = () => `${this.server.connections} ${this.#sends().length} ${this.server.tokensAsked}`;
    const before = activity();
    await sleep(millis);
    if (activity() !== before) {
      throw new Error(`${where}: the client was not quiet`);
    }
  }

  /** Reports events and messages that no step has expected. */
  #reportUnexpected() {
    for (const [event, received] of this.#events) {
      const more = received.slice(this.#expected.get(event) ?? 0);
      if (more.length > 0) {
        this.failures.push(`unexpected ${event} events: ${JSON.stringify(more)}`);
      }
    }
    const sends = this.#sends().filter((entry) => !entry.isTaken);
    if (sends.length > 0) {
      this.failures.push(`unexpected messages sent: ${JSON.stringify(sends.map(({ frame }) => frame)).slice(0, 500)}`);
    }
  }

  #sends() {
    return this.server.frames.filter(({ frame }) => /_message$/.test(frame.op));
  }

  /** Resolves to the first truthy result of the condition. */
  async #until(condition, millis, where) {
    const end = Date.now() + millis;
    for (let result = condition(); ; result = condition()) {
      if (result) {
        return result;
      }
      if (Date.now() >= end) {
        throw new Error(`${where}: timed out`);
      }
      await this.#woken(Math.min(end - Date.now(), 1_000));
    }
  }

  #woken(millis) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.#wakeUps.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wake() {
    const waiting = [...this.#wakeUps];
    this.#wakeUps.clear();
    waiting.forEach((resolve) => resolve());
  }
}

function sleep(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
