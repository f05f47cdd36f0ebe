import { ModelServer } from "./model-server.mjs";
import { ScriptValues } from "./script-values.mjs";

/** For so long after the last step nothing more may come. */
const SETTLING_MILLIS = 150;

/** Plays one vector, step by step, against the client that connects. README.md says what each step means. */
export class Script {
  server;
  failures = [];
  isOver = false;

  #vector;
  #patienceMillis;
  #values = new ScriptValues();
  #actions = [];
  /** What the application was told, by kind. */
  #events = new Map();
  #expected = new Map();
  #unanswered = [];
  #connectionsSeen = 0;
  #lastEnd = 0;
  #wakeUps = new Set();

  /** @param {number} patienceMillis how long a step waits for the client */
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
      this.#lookForMore();
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

  /** What the application is to do next; waits for it. */
  async nextAction() {
    await this.#until(() => this.#actions.length > 0, Infinity);
    return this.#actions.shift();
  }

  /** The client has told the application something. */
  event({ event, ...detail }) {
    const told = this.#events.get(event) ?? [];
    this.#events.set(event, [...told, detail]);
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
      close: (code) => this.#end(() => this.server.close(code)),
      cut: () => this.#end(() => this.server.cut()),
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
    const waited = Date.now() - this.#lastEnd;
    if (waited < notBefore) {
      throw new Error(`${where}: the client came back after ${waited} ms`);
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

  #end(end) {
    this.#lastEnd = Date.now();
    this.#unanswered = [];
    end();
  }

  /** Of each kind of event these are the next ones. */
  async #expectEvents(events, where) {
    for (const { event, ...detail } of events) {
      const number = this.#expected.get(event) ?? 0;
      const told = () => this.#events.get(event)?.[number];
      const actual = await this.#until(told, this.#patienceMillis, `${where}: no ${event} ${JSON.stringify(detail)}`);
      if (!this.#values.matches(this.#values.fill(detail), actual)) {
        throw new Error(`${where}: instead of ${event} ${JSON.stringify(detail)} came ${JSON.stringify(actual)}`);
      }
      this.#expected.set(event, number + 1);
    }
  }

  async #expectQuiet(millis, where) {
    const noise = () => `${this.server.connections} ${this.#sends().length} ${this.server.tokensAsked}`;
    const before = noise();
    await sleep(millis);
    if (noise() !== before) {
      throw new Error(`${where}: the client went on`);
    }
  }

  /** Nothing may have come that no step has waited for. */
  #lookForMore() {
    for (const [event, told] of this.#events) {
      const more = told.slice(this.#expected.get(event) ?? 0);
      if (more.length > 0) {
        this.failures.push(`the application was told of ${event} besides: ${JSON.stringify(more)}`);
      }
    }
    const sends = this.#sends().filter((entry) => !entry.isTaken);
    if (sends.length > 0) {
      this.failures.push(`sent besides: ${JSON.stringify(sends.map(({ frame }) => frame)).slice(0, 500)}`);
    }
  }

  #sends() {
    return this.server.frames.filter(({ frame }) => /_message$/.test(frame.op));
  }

  /** Resolves to what the condition gives when it gives something. */
  async #until(condition, millis, where) {
    const end = Date.now() + millis;
    for (let result = condition(); ; result = condition()) {
      if (result) {
        return result;
      }
      if (Date.now() >= end) {
        throw new Error(`${where}: waited in vain`);
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
