import { t } from "../i18n.js";
import { unreadOf } from "../model/conversations.js";
import { byId, el, onceAFrame, reconcile } from "./dom.js";
import { buildRow, lookOf, rowOf } from "./message-row.js";
import { titleOf } from "./titles.js";

/** Rows that there are at most, however long the history is, and by how many they move on. */
const MOST_ROWS = 200;
const STEP = 50;
/** Pixels before an edge at which there should be more. */
const AHEAD = 1_200;
/** Pixels from the bottom within which one reads the newest. */
const NEAR = 60;

/**
 * The messages of the open conversation. Of all that is loaded, a window of rows is in the page; it moves as one scrolls,
 * and what is on the screen stays where it is. At the end it follows what comes in.
 */
export class MessageView {
  #chat;
  #key = null;
  #items = [];
  /** The key of the window's first item; null: as many as fit before its end. */
  #from = null;
  /** The key of the window's last item; null: the newest one. */
  #to = null;
  #followsEnd = true;
  #unreadFrom = 0;
  /** The newest `seq` that was at hand when one began to scroll back: what is above it is new. */
  #seenSeq = 0;
  #wasLoaded = false;
  #scroller = byId("scroller");
  #rows = byId("rows");
  #edge = byId("edge");
  #jump = byId("jump");

  constructor(chat) {
    this.#chat = chat;
    this.renderSoon = onceAFrame(() => this.render());
    chat.on("room", (key) => key === this.#key && this.renderSoon());
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#jump.addEventListener("click", () => this.toEnd());
    document.addEventListener("visibilitychange", () => this.#markRead());
    new ResizeObserver(() => this.#followsEnd && this.#toBottom()).observe(this.#scroller);
  }

  /** @param key of a conversation, or null */
  show(key) {
    const entry = key && this.#chat.conversations.get(key);
    this.#key = key;
    this.#unreadFrom = entry && unreadOf(entry) > 0 && entry.readSeq > 0 ? entry.readSeq + 1 : 0;
    this.#wasLoaded = false;
    this.#rows.replaceChildren();
    this.#follow();
    this.render();
  }

  toEnd() {
    this.#follow();
    this.render();
    this.#toBottom();
  }

  #follow() {
    this.#from = null;
    this.#to = null;
    this.#followsEnd = true;
  }

  render() {
    if (this.#key === null) {
      return;
    }
    const room = this.#chat.room(this.#key);
    this.#items = this.#chat.items(this.#key);
    this.#showEdge(room);
    if (this.#followsEnd) {
      this.#fillRows();
      this.#toBottom();
    } else {
      this.#keepingPlace(() => this.#fillRows());
    }
    this.#showUnread(room);
    this.#showJump(room);
    this.#markRead();
    this.#wantMore();
  }

  // The window

  #fillRows() {
    const [from, to] = this.#window();
    const context = this.#context();
    const rows = this.#items
      .slice(from, to)
      .map((item, index) => rowOf(item, this.#items[from + index - 1], context));
    const actions = { retry: (id) => this.#chat.resend(id), discard: (id) => this.#chat.discard(id) };
    reconcile(this.#rows, rows, { key: (row) => row.item.key, look: lookOf, build: (row) => buildRow(row, actions) });
  }

  /** @returns the indexes of the first row, and of the one after the last */
  #window() {
    const end = this.#to === null ? this.#items.length : this.#indexOf(this.#to) + 1 || this.#items.length;
    const start = this.#from === null ? end - 2 * STEP : this.#indexOf(this.#from);
    return [Math.max(0, start, end - MOST_ROWS), end];
  }

  #indexOf(key) {
    return this.#items.findIndex((item) => item.key === key);
  }

  #moveUp() {
    const [from, to] = this.#window();
    const first = Math.max(0, from - STEP);
    const last = Math.min(to, first + MOST_ROWS);
    this.#setWindow(first, last);
  }

  #moveDown() {
    const [from, to] = this.#window();
    const last = Math.min(this.#items.length, to + STEP);
    this.#setWindow(Math.max(from, last - MOST_ROWS), last);
  }

  #setWindow(from, to) {
    this.#from = this.#items[from]?.key ?? null;
    this.#to = to >= this.#items.length ? null : this.#items[to - 1].key;
    this.#keepingPlace(() => this.#fillRows());
  }

  /** Changes rows, and scrolls so that what is on the screen does not move. */
  #keepingPlace(change) {
    const top = this.#scroller.getBoundingClientRect().top;
    const anchor = [...this.#rows.children].find((row) => row.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    const key = anchor?.dataset.key;
    change();
    const after = [...this.#rows.children].find((row) => row.dataset.key === key)?.getBoundingClientRect().top;
    if (after !== undefined && after !== before) {
      this.#scroller.scrollTop += after - before;
    }
  }

  // Scrolling

  #scrolled() {
    const isNearEnd = this.#to === null && this.#distance() < NEAR;
    if (this.#followsEnd && !isNearEnd) {
      this.#seenSeq = this.#chat.room(this.#key).highest;
      // From here on what comes in is added below, out of sight, and the window begins where it begins.
      this.#from = this.#rows.firstElementChild?.dataset.key ?? null;
    }
    this.#followsEnd = isNearEnd;
    this.#wantMore();
    this.#showJump(this.#chat.room(this.#key));
    this.#markRead();
  }

  #wantMore() {
    if (this.#key === null || !this.#wasLoaded) {
      return;
    }
    const [from] = this.#window();
    if (this.#scroller.scrollTop < AHEAD) {
      // The next page comes while what is here is scrolled through.
      if (from < 2 * STEP && !this.#chat.room(this.#key).hasFailed) {
        this.#chat.loadOlder(this.#key);
      }
      if (from > 0) {
        this.#moveUp();
      }
    }
    if (this.#to !== null && this.#distance() < AHEAD) {
      this.#moveDown();
    }
  }

  #distance() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight;
  }

  #toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Once, when the conversation has been opened: where the new messages begin, if that is not on the screen. */
  #showUnread(room) {
    if (this.#wasLoaded || !room.isLoaded) {
      return;
    }
    this.#wasLoaded = true;
    const line = this.#rows.querySelector(".unread-line");
    const above = line ? this.#scroller.getBoundingClientRect().top - line.getBoundingClientRect().top : 0;
    if (above > 0) {
      this.#scroller.scrollTop -= above + 16;
    }
  }

  // What stands around

  #showEdge(room) {
    const entry = this.#chat.conversations.get(this.#key);
    const again = () => this.#chat.loadOlder(this.#key);
    let content = t("loading");
    if (room.hasFailed) {
      content = el("button", { type: "button", className: "link", onclick: again }, t("tryAgain"));
    } else if (room.isComplete) {
      content = entry ? t(entry.roomType === 1 ? "beginningWith" : "beginning", titleOf(entry)) : "";
    }
    this.#edge.replaceChildren(room.hasFailed ? `${t("olderFailed")} ` : "", content);
  }

  #showJump(room) {
    const count = this.#followsEnd ? 0 : Math.max(0, room.highest - this.#seenSeq);
    this.#jump.hidden = this.#followsEnd;
    this.#jump.querySelector(".count").textContent = count > 0 ? String(count) : "";
    const label = count > 0 ? t("jumpNew", count) : t("jump");
    this.#jump.setAttribute("aria-label", label);
    this.#jump.title = label;
  }

  /** All up to the last one on the screen, if somebody can see it. */
  #markRead() {
    if (this.#key === null || document.visibilityState !== "visible" || !this.#wasLoaded) {
      return;
    }
    const bottom = this.#scroller.getBoundingClientRect().bottom;
    const rows = [...this.#rows.children];
    const seen = rows.findLast((row) => row.dataset.seq && row.getBoundingClientRect().top < bottom - 20);
    if (seen) {
      this.#chat.markRead(this.#key, Number(seen.dataset.seq));
    }
  }

  #context() {
    const { userId } = this.#chat;
    const room = this.#chat.room(this.#key);
    const entry = this.#chat.conversations.get(this.#key);
    const others = [...room.readers].filter(([user]) => user !== userId).map(([, seq]) => seq);
    // Of some it may not be known how far they have read.
    const all = Math.max(others.length, (entry?.memberCount ?? 0) - 1);
    return {
      userId,
      isGroup: entry?.roomType !== 1,
      unreadFrom: this.#unreadFrom,
      readers: (seq) => ({ all, have: others.filter((read) => read >= seq).length }),
    };
  }
}
