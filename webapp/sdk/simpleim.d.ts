/**
 * SimpleIM's client for browsers and whatever else has `WebSocket` and `fetch`.
 *
 * What it promises: each room's messages come in the order of their `seq`, each once, without a hole (or with an event
 * `gap` or `reset` that says so); what is sent is sent until the server has answered, and stored once.
 */

/**
 * - `idle`: not started, or closed by {@link SimpleIM.close}
 * - `connecting`: asks for a token, or the handshake is under way
 * - `syncing`: connected; what was missed is being fetched
 * - `online`: connected, and nothing is missing
 * - `waiting`: the connection is gone; tries again at `retryAt`
 * - `stopped`: will not try again by itself (no token, banned, logged out); {@link SimpleIM.connect} starts anew
 */
export type ConnectionState = "idle" | "connecting" | "syncing" | "online" | "waiting" | "stopped";

/** Why a token is asked for: at the start, the last one has run out (4003), or its session was ended (4001, 401). */
export type TokenReason = "start" | "expired" | "ended";

/** What of `localStorage` is used. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface ClientOptions {
  /** The server's address, such as `https://chat.example/` or `https://shop.example/im/`; relative ones count from the page. */
  url: string | URL;
  /**
   * Gets a token from your back end. `null`: there is none, stop; not asked again before the next `connect`. A failure is
   * tried again later.
   */
  getToken(reason: TokenReason): string | null | Promise<string | null>;
  /** Where cursors and what is not sent yet are kept: `localStorage` unless given; `null`: in memory, until the page is left. */
  storage?: KeyValueStore | null;
  /**
   * What a device that has no cursors yet is given: `unread` (default) the unread messages of each room, the newest
   * `firstSyncLimit` at most; `none` only what comes from now on.
   */
  firstSync?: "unread" | "none";
  /** 1 to 200; 200 unless given. */
  firstSyncLimit?: number;
  /**
   * Of a room in which more was missed, since this device was last connected, only the newest that many are raised as
   * events, after a `gap`; 2,000 unless given.
   */
  catchUpLimit?: number;
  /** Whether a message counts as received when its event has been raised; true unless given. Else call {@link SimpleIM.ack}. */
  autoAck?: boolean;
  /** Language of the server's messages for people, such as `en`; the browser's unless given. */
  language?: string;
  /** How many messages may wait to be sent; 1,000 unless given. More are refused (`queue_full`). */
  maxQueued?: number;
  /** Waiting before the next try: doubles from `firstMillis` (500) to `longestMillis` (30,000), each time a random part of it. */
  backoff?: { firstMillis?: number; longestMillis?: number };
  /** Milliseconds after which an answer counts as lost; 10,000 unless given. */
  answerTimeoutMillis?: number;
  /** For environments without them, and for tests. */
  WebSocket?: typeof WebSocket;
  fetch?: typeof fetch;
  timers?: Timers;
}

/** For tests. `random` gives 0 to 1. */
export interface Timers {
  now(): number;
  setTimeout(task: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
  random(): number;
}

/** A stored message. */
export interface Message {
  roomId: string;
  /** 1: of two users; 2: made with `createRoom`; 0: not known. */
  roomType: number;
  seq: number;
  messageId: string;
  senderId: string;
  /** Whether this user sent it, from whatever device. */
  own: boolean;
  text: string;
  /** 1: text; 2 to 9999: your own. */
  type: number;
  /** Unix seconds. */
  createdAt: number;
  /** Of those that this client sent. */
  clientMsgId?: string;
}

export type OutgoingStatus = "queued" | "sending" | "stored" | "failed";

/** A message on its way. */
export interface Outgoing {
  clientMsgId: string;
  /** Given, or known from the answer. */
  roomId?: string;
  toUserId?: string;
  text: string;
  type: number;
  status: OutgoingStatus;
  /** Unix seconds at which it was given to the client. */
  queuedAt: number;
  /** When stored. */
  message?: Message;
  /** When failed: why; it is not sent again but by {@link SimpleIM.resend}. */
  error?: ImError;
}

export interface SendOptions {
  /** 1 to 64 characters: sent twice, it is stored once. A UUID unless given. */
  clientMsgId?: string;
  /** 1 to 9999; 1 unless given. */
  type?: number;
}

/** An item of the conversation list. */
export interface Conversation {
  roomId: string;
  roomType: number;
  /** Empty if it has none. */
  name: string;
  /** Of a room of type 1: the other user. */
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
  /** Up to where the member has read; not told in rooms of more than 100 members. */
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

/** What the server, the network or the client says no with. */
export class ImError extends Error {
  /**
   * The `error` of the envelope (`not_in_room`, …), or one of this client's own: `network`, `timeout`, `closed`,
   * `queue_full`, `too_large` (the server takes no such frame), `no_token` (`getToken` gave none), `other_user` (it gave
   * one of another user).
   */
  readonly code: string;
  /** The parameter that is missing or invalid. */
  readonly parameter?: string;
  /** Seconds after which it may be tried again. */
  readonly retryAfter?: number;
  /** The HTTP status, where one came. */
  readonly status?: number;
}

export interface Events {
  /** `retryAt` in milliseconds, as `Date.now()` gives them. */
  state: { state: ConnectionState; retryAt?: number; error?: ImError; closeCode?: number };
  /** In order of `seq` within a room, each once, own ones included. */
  message: Message;
  /** Each time that the status of a message on its way changes. */
  outgoing: Outgoing;
  /** A member has read all up to `seq`. */
  read: { roomId: string; userId: string; seq: number };
  typing: { roomId: string; userId: string };
  memberJoined: { roomId: string; userId: string; byUserId: string };
  /** `byUserId` differs from `userId`: kicked. */
  memberLeft: { roomId: string; userId: string; byUserId: string };
  /** What has changed of it. */
  roomUpdated: { roomId: string; hostUserId?: string; name?: string };
  roomDismissed: { roomId: string };
  /** Messages between the two numbers are not raised as events: read them with {@link SimpleIM.history}. */
  gap: { roomId: string; afterSeq: number; beforeSeq: number };
  /** The room's store was set back: drop what you hold of the room; its messages come again from the start. */
  reset: { roomId: string };
  /** Any push of the server that has no event of its own here, as it came. */
  push: Record<string, unknown>;
}

export class SimpleIM {
  constructor(options: ClientOptions);

  readonly state: ConnectionState;
  /** The user of the token; null before the first one. */
  readonly userId: string | null;

  /** Connects and stays connected. Resolves when first `online`; rejects when `stopped` before that. */
  connect(): Promise<void>;
  /** Disconnects; what is not sent yet waits for the next {@link connect}. */
  close(): void;
  /** Ends this session on the server, forgets cursors and what is not sent, and disconnects. */
  logout(): Promise<void>;

  /** @returns a function that takes the listener away again */
  on<E extends keyof Events>(event: E, listener: (detail: Events[E]) => void): () => void;

  /** Resolves when the message is stored, also after being offline; rejects with an {@link ImError} when it is refused. */
  sendToUser(userId: string, text: string, options?: SendOptions): Promise<Message>;
  sendToRoom(roomId: string, text: string, options?: SendOptions): Promise<Message>;
  /** What is not stored yet, oldest first; failed ones until they are sent again or discarded. */
  outbox(): Outgoing[];
  /** Sends a failed one again, under the same `clientMsgId`. */
  resend(clientMsgId: string): Promise<Message>;
  discard(clientMsgId: string): void;

  /** All up to `seq` has reached the user. Only needed without `autoAck`. */
  ack(roomId: string, seq: number): void;
  /** All up to `seq` is read; told again after a reconnect if it was not answered. */
  markRead(roomId: string, seq: number): void;
  /** Tells the others that the user is typing; every three seconds at most, whatever it is called. */
  typing(roomId: string): void;

  /** A page of the conversation list, latest activity first. */
  conversations(options?: { roomType?: 1 | 2; page?: number; pageSize?: number }): Promise<Conversation[]>;
  /** The messages of a room, newest first, page by page as it is iterated. */
  history(roomId: string, options?: { beforeSeq?: number; pageSize?: number }): AsyncIterableIterator<Message>;
  /** One page, newest first. */
  historyPage(roomId: string, options?: { beforeSeq?: number; afterSeq?: number; pageSize?: number }): Promise<Message[]>;

  /** @returns the room's id */
  createRoom(options?: { name?: string }): Promise<string>;
  /** For the host: another name, of 1 to 64 characters. */
  renameRoom(roomId: string, name: string): Promise<void>;
  enterRoom(roomId: string): Promise<void>;
  inviteToRoom(roomId: string, userId: string): Promise<void>;
  leaveRoom(roomId: string): Promise<void>;
  kickFromRoom(roomId: string, userId: string): Promise<void>;
  members(roomId: string, options?: { page?: number; pageSize?: number }): Promise<Member[]>;

  sessions(): Promise<Session[]>;
  /** Ends that session of the user, or all but this one. @returns how many */
  endSessions(sessionId?: string): Promise<number>;

  /** Any call of the REST API, with the token; resolves to `data`. */
  call(method: "GET" | "POST", path: string, parameters?: Record<string, string | number>): Promise<unknown>;
}
