import { t } from "../i18n.js";
import { unreadOf } from "../model/conversation-list.js";
import { byId, el, oncePerFrame, reconcile } from "./dom.js";
import { buildRow, renderKeyOf, rowOf } from "./message-row.js";
import { RowWindow } from "./row-window.js";
import { titleOf } from "./titles.js";

/** Distance from an edge at which more rows are added. */
const PRELOAD_PIXELS = 1_200;
/** Distance from the bottom within which the view follows new messages. */
const FOLLOW_PIXELS = 60;

/**
 * The messages of the open conversation. The page holds a window of rows that moves with scrolling, without shifting the
 * rows on the screen. At the bottom it follows new messages.
 */
export class MessageView {
  #chat;
  #key = null;
  #items = [];
  #window = new RowWindow();
  #followsEnd = true;
  #unreadFrom = 0;
  /** The newest `seq` when the user began to scroll back. Higher ones count as new. */
  #seenSeq = 0;
  #wasLoaded = false;
  #scroller = byId("scroller");
  #rows = byId("rows");
  #edge = byId("edge");
  #jump = byId("jump");

  constructor(chat) {
    this.#chat = chat;
    this.renderSoon = oncePerFrame(() => this.render());
    chat.on("room", (key) => key === this.#key && this.renderSoon());
    this.#scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.#jump.addEventListener("click", () => this.jumpToEnd());
    document.addEventListener("visibilitychange", () => this.#markRead());
    new ResizeObserver(() => this.#followsEnd && this.#scrollToBottom()).observe(this.#scroller);
  }

  /** @param key of a conversation, or null */
  show(key) {
    const entry = key && this.#chat.conversations.get(key);
    this.#key = key;
    this.#unreadFrom = entry && unreadOf(entry) > 0 && entry.readSeq > 0 ? entry.readSeq + 1 : 0;
    this.#wasLoaded = false;
    this.#rows.replaceChildren();
    this.#followNewest();
    this.render();
  }

  jumpToEnd() {
    this.#followNewest();
    this.render();
    this.#scrollToBottom();
  }

  #followNewest() {
    this.#window.followEnd();
    this.#followsEnd = true;
  }

  render() {
    if (this.#key === null) {
      return;
    }
    const room = this.#chat.room(this.#key);
    this.#items = this.#chat.items(this.#key);
    this.#window.setItems(this.#items);
    this.#showEdge(room);
    if (this.#followsEnd) {
      this.#fillRows();
      this.#scrollToBottom();
    } else {
      this.#keepScrollPosition(() => this.#fillRows());
    }
    this.#scrollToUnread(room);
    this.#showJump(room);
    this.#markRead();
    this.#loadMoreNearEdge();
  }

  // Rows

  #fillRows() {
    const { start, end } = this.#window;
    const context = this.#context();
    const rows = this.#items
      .slice(start, end)
      .map((item, index) => rowOf(item, this.#items[start + index - 1], context));
    const actions = { retry: (id) => this.#chat.resend(id), discard: (id) => this.#chat.discard(id) };
    reconcile(this.#rows, rows, { key: (row) => row.item.key, renderKey: renderKeyOf, build: (row) => buildRow(row, actions) });
  }

  /** Changes rows, then scrolls so that the rows on the screen do not move. */
  #keepScrollPosition(change) {
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

  #onScroll() {
    const isNearEnd = this.#window.isAtEnd && this.#distanceToBottom() < FOLLOW_PIXELS;
    if (this.#followsEnd && !isNearEnd) {
      this.#seenSeq = this.#chat.room(this.#key).highest;
      // Fix the start of the window: new messages are now added below the screen.
      this.#window.fixStart(this.#rows.firstElementChild?.dataset.key ?? null);
    }
    this.#followsEnd = isNearEnd;
    this.#loadMoreNearEdge();
    this.#showJump(this.#chat.room(this.#key));
    this.#markRead();
  }

  #loadMoreNearEdge() {
    if (this.#key === null || !this.#wasLoaded) {
      return;
    }
    if (this.#scroller.scrollTop < PRELOAD_PIXELS) {
      const hasRowsAbove = this.#window.start > 0;
      // Load the next page before the user reaches the end of this one.
      if (this.#window.isNearStart && !this.#chat.room(this.#key).hasFailed) {
        this.#chat.loadOlder(this.#key);
      }
      if (hasRowsAbove) {
        this.#window.moveUp();
        this.#keepScrollPosition(() => this.#fillRows());
      }
    }
    if (!this.#window.isAtEnd && this.#distanceToBottom() < PRELOAD_PIXELS) {
      this.#window.moveDown();
      this.#keepScrollPosition(() => this.#fillRows());
    }
  }

  #distanceToBottom() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight;
  }

  #scrollToBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Scrolls to the first unread message if it is above the screen. Runs once per opened conversation. */
  #scrollToUnread(room) {
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

  // Edge and jump button

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

  /** Marks everything up to the last message on the screen as read, if the page is visible. */
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
    // The server may not report the positions of all members.
    const all = Math.max(others.length, (entry?.memberCount ?? 0) - 1);
    return {
      userId,
      isGroup: entry?.roomType !== 1,
      unreadFrom: this.#unreadFrom,
      readers: (seq) => ({ all, count: others.filter((read) => read >= seq).length }),
    };
  }
}
