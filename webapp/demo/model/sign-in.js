import { tabStorage } from "../storage.js";

const STORAGE_KEY = "simpleim.demo.signedIn";

/** A failed token request. `code` is the server's `error`, or `network`. */
export class SignInError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * Requests a token as a partner's back end does. A page can do so only for trials: a server in protected mode gives
 * tokens to callers on its own machine only.
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

/** @returns the user id in a token, or null if the text is not a token */
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
 * The user who is signed in in this tab. Each tab has its own user, who stays signed in after a reload.
 *
 * @typedef {{userId: string, token: string, isPasted: boolean}} TabUser isPasted: the page cannot request another token
 */
export const tabUser = {
  /** @returns {TabUser | null} */
  get() {
    return JSON.parse(tabStorage.getItem(STORAGE_KEY));
  },
  /** @param {TabUser} user */
  set(user) {
    tabStorage.setItem(STORAGE_KEY, JSON.stringify(user));
  },
  clear() {
    tabStorage.removeItem(STORAGE_KEY);
  },
};
