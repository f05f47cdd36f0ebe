/**
 * The SimpleIM client, for browsers and other environments with `WebSocket` and `fetch`.
 *
 * Guarantees: each room's messages arrive in the order of their `seq`, each once, and without gaps, unless an event `gap` or
 * `reset` reports one. A message is sent until the server has answered, and stored once.
 */

/**
 * - `idle`: not started, or closed by {@link SimpleIM.close}
 * - `connecting`: requesting a token, or performing the handshake
 * - `syncing`: connected, and fetching missed messages
 * - `online`: connected and up to date
 * - `waiting`: not connected; the next attempt follows at `retryAt`
 * - `stopped`: not connected, and no further attempts (no token, banned, logged out) until {@link SimpleIM.connect}
 */
export type ConnectionState = "idle" | "connecting" | "syncing" | "online" | "waiting" | "stopped";

/** Why a token is requested: at the start, after the last one has expired (4003), or after its session has ended (4001, 401). */
export type TokenReason = "start" | "expired" | "ended";

/** The part of `localStorage` that the client uses. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface ClientOptions {
  /** The server's address, such as `https://chat.example/` or `https://shop.example/im/`. May be relative to the page. */
  url: string | URL;
  /**
   * Gets a token from your back end. `null` means that there is none: the client stops, and does not ask again before the
   * next `connect`. After an exception it asks again later.
   */
  getToken(reason: TokenReason): string | null | Promise<string | null>;
  /** Stores cursors and unsent messages. Default `localStorage`; `null` keeps them in memory until the page is left. */
  storage?: KeyValueStore | null;
  /**
   * What a device without cursors receives first: with `unread` (default) the unread messages of each room, at most the
   * newest `firstSyncLimit`; with `none` only new messages.
   */
  firstSync?: "unread" | "none";
  /** 1 to 200. Default 200. */
  firstSyncLimit?: number;
  /**
   * Maximum number of missed messages per room that are raised as events after a reconnect. If there are more, a `gap`
   * precedes the newest ones. Default 2,000.
   */
  catchUpLimit?: number;
  /**
   * Whether messages of other users are acknowledged when their event has been raised. Default true; otherwise call
   * {@link SimpleIM.ack}.
   */
  autoAck?: boolean;
  /** Language of the server's error texts, such as `en`. Default: the browser's language. */
  language?: string;
  /** Maximum number of messages waiting to be sent. Further ones are refused (`queue_full`). Default 1,000. */
  maxQueued?: number;
  /**
   * The delay before the next attempt: a random part of a maximum that doubles from `firstMillis` (default 500) to
   * `longestMillis` (default 30,000).
   */
  backoff?: { firstMillis?: number; longestMillis?: number };
  /** Milliseconds after which an answer counts as lost. Default 10,000. */
  answerTimeoutMillis?: number;
  /** For environments that lack it, and for tests. */
  WebSocket?: typeof WebSocket;
  fetch?: typeof fetch;
  timers?: Timers;
}

/** For tests. `random` returns a number from 0 to 1, like `Math.random`. */
export interface Timers {
  now(): number;
  setTimeout(task: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
  random(): number;
}

/** A stored message. */
export interface Message {
  roomId: string;
  /** 1: a chat of two users; 2: a room made with `createRoom`; 0: unknown. */
  roomType: number;
  seq: number;
  messageId: string;
  senderId: string;
  /** Whether this user sent it, from any device. */
  own: boolean;
  text: string;
  /** 1: text; 2 to 9999: types of your application. */
  type: number;
  /** Unix seconds. */
  createdAt: number;
  /** Only for messages that this client sent. */
  clientMsgId?: string;
}

export type OutgoingStatus = "queued" | "sending" | "stored" | "failed";

/** A message in the outbox. */
export interface Outgoing {
  clientMsgId: string;
  /** The target, or the room named in the answer. */
  roomId?: string;
  toUserId?: string;
  text: string;
  type: number;
  status: OutgoingStatus;
  /** Unix seconds of the call that sent it. */
  queuedAt: number;
  /** Present when `stored`. */
  message?: Message;
  /** Present when `failed`. Only {@link SimpleIM.resend} sends the message again. */
  error?: ImError;
}

export interface SendOptions {
  /** 1 to 64 characters. Messages with the same id are stored once. Default: a UUID. */
  clientMsgId?: string;
  /** 1 to 9999. Default 1. */
  type?: number;
}

/** An item of the conversation list. */
export interface Conversation {
  roomId: string;
  roomType: number;
  /** Empty if the room has no name. */
  name: string;
  /** The other user of a room of type 1, else empty. */
  peerUserId: string;
  hostUserId: string;
  memberCount: number;
  lastSeq: number;
  readSeq: number;
  unread: number;
  lastText: string;
  lastSenderId: string;
  /** Unix seconds. */
  updatedAt: number;
  createdAt: number;
}

export interface Member {
  userId: string;
  isHost: boolean;
  /** The member's read position. Absent in rooms of more than 100 members. */
  readSeq?: number;
  /** Unix seconds. */
  joinedAt: number;
}

export interface Session {
  sessionId: string;
  createdAt: number;
  expiresAt: number;
  current: boolean;
}

/** An error from the server, the network or the client. */
export class ImError extends Error {
  /**
   * The `error` of the server's envelope (`not_in_room`, …), or a code of this client: `network`, `timeout`, `closed`,
   * `queue_full`, `too_large` (the frame exceeds the server's limit), `no_token` (`getToken` returned none), `other_user`
   * (it returned a token of another user).
   */
  readonly code: string;
  /** The missing or invalid parameter. */
  readonly parameter?: string;
  /** Seconds to wait before a retry. */
  readonly retryAfter?: number;
  /** The HTTP status, if there was an HTTP answer. */
  readonly status?: number;
}

export interface Events {
  /** `retryAt` is in Unix milliseconds, like `Date.now()`. */
  state: { state: ConnectionState; retryAt?: number; error?: ImError; closeCode?: number };
  /** Raised in order of `seq` within a room, once per message, including own ones. */
  message: Message;
  /** Raised whenever the status of a message in the outbox changes. */
  outgoing: Outgoing;
  /** A member has read all messages up to `seq`. */
  read: { roomId: string; userId: string; seq: number };
  typing: { roomId: string; userId: string };
  memberJoined: { roomId: string; userId: string; byUserId: string };
  /** If `byUserId` differs from `userId`, the member was kicked. */
  memberLeft: { roomId: string; userId: string; byUserId: string };
  /** Contains only the properties that have changed. */
  roomUpdated: { roomId: string; hostUserId?: string; name?: string };
  roomDismissed: { roomId: string };
  /** Messages between the two numbers are not raised as events. Read them with {@link SimpleIM.history}. */
  gap: { roomId: string; afterSeq: number; beforeSeq: number };
  /** The room's store was set back. Drop the room's messages; they are raised again from the start. */
  reset: { roomId: string };
  /** Any other push of the server, unchanged. */
  push: Record<string, unknown>;
}

export class SimpleIM {
  constructor(options: ClientOptions);

  readonly state: ConnectionState;
  /** The user of the token; null before the first one. */
  readonly userId: string | null;

  /** Connects and stays connected. Resolves when first `online`; rejects if `stopped` or closed before that. */
  connect(): Promise<void>;
  /** Disconnects. Unsent messages wait for the next {@link connect}. */
  close(): void;
  /** Disconnects, forgets cursors and unsent messages, and ends the session on the server. */
  logout(): Promise<void>;

  /** @returns a function that removes the listener */
  on<E extends keyof Events>(event: E, listener: (detail: Events[E]) => void): () => void;

  /**
   * Resolves when the message is stored, even if the client is offline meanwhile. Rejects with an {@link ImError} if it is
   * refused.
   */
  sendToUser(userId: string, text: string, options?: SendOptions): Promise<Message>;
  sendToRoom(roomId: string, text: string, options?: SendOptions): Promise<Message>;
  /** Messages that are not stored yet, oldest first. Failed ones stay until they are resent or discarded. */
  outbox(): Outgoing[];
  /** Sends a failed message again, under the same `clientMsgId`. */
  resend(clientMsgId: string): Promise<Message>;
  discard(clientMsgId: string): void;

  /** Acknowledges all messages up to `seq` as received. Only needed without `autoAck`. */
  ack(roomId: string, seq: number): void;
  /** Marks all messages up to `seq` as read. Repeated after a reconnect until the server has answered. */
  markRead(roomId: string, seq: number): void;
  /** Tells the other members that the user is typing. Sent at most every three seconds per room. */
  typing(roomId: string): void;

  /** Loads a page of the conversation list, latest activity first. */
  conversations(options?: { roomType?: 1 | 2; page?: number; pageSize?: number }): Promise<Conversation[]>;
  /** Iterates over a room's messages, newest first, loading them page by page. */
  history(roomId: string, options?: { beforeSeq?: number; pageSize?: number }): AsyncIterableIterator<Message>;
  /** Loads one page of messages, newest first. */
  historyPage(roomId: string, options?: { beforeSeq?: number; afterSeq?: number; pageSize?: number }): Promise<Message[]>;

  /** @returns the room's id */
  createRoom(options?: { name?: string }): Promise<string>;
  /** Renames a room; only its host may. The name has 1 to 64 characters. */
  renameRoom(roomId: string, name: string): Promise<void>;
  enterRoom(roomId: string): Promise<void>;
  inviteToRoom(roomId: string, userId: string): Promise<void>;
  leaveRoom(roomId: string): Promise<void>;
  kickFromRoom(roomId: string, userId: string): Promise<void>;
  members(roomId: string, options?: { page?: number; pageSize?: number }): Promise<Member[]>;

  sessions(): Promise<Session[]>;
  /** Ends a session of the user, or all but this one. @returns the number of ended sessions */
  endSessions(sessionId?: string): Promise<number>;

  /** Calls any operation of the REST API with the token; resolves to `data`. */
  call(method: "GET" | "POST", path: string, parameters?: Record<string, string | number>): Promise<unknown>;
}
