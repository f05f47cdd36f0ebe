import { ofTab } from "../storage.js";

const KEPT = "simpleim.demo.signedIn";

/** Why there is no token: `code` is the server's `error`, or `network`. */
export class SignInError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * Asks for a token as a partner's back end does. That a page may do so is for trying things out: a server in protected
 * mode lets callers on its own machine, and nobody else.
 */
export async function requestToken(userId, language) {
  let answer;
  try {
    const response = await fetch(new URL("user/get_login_token", document.baseURI), {
      method: "POST",
      headers: { "Accept-Language": language },
      body: new URLSearchParams({ user_id: userId }),
    });
    answer = await response.json();
  } catch (error) {
    throw new SignInError("network", String(error));
  }
  if (answer.code !== 200) {
    throw new SignInError(answer.error, answer.msg);
  }
  return answer.data.token;
}

/** Whose token it is, or null if it is none. */
export function userOf(token) {
  try {
    const claims = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(claims), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)).user_id ?? null;
  } catch {
    return null;
  }
}

/**
 * Who is signed in in this tab. Others of the same browser may be other users; a reload finds the same one again.
 *
 * @typedef {{userId: string, token: string, isGiven: boolean}} SignedIn isGiven: the page cannot get another token
 */
export const signedIn = {
  /** @returns {SignedIn | null} */
  get() {
    return JSON.parse(ofTab.getItem(KEPT));
  },
  /** @param {SignedIn} who */
  set(who) {
    ofTab.setItem(KEPT, JSON.stringify(who));
  },
  clear() {
    ofTab.removeItem(KEPT);
  },
};
