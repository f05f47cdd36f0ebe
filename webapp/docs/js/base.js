/** The address of the web application that serves this page, with a slash at the end. */
export const base = new URL("../", new URL(".", location.href));

/** The same for WebSockets. */
export const socketBase = new URL(base);
socketBase.protocol = base.protocol === "https:" ? "wss:" : "ws:";
