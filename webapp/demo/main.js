/** The chat page: shows the sign-in form, or the chats of the user who is signed in in this tab. */
import { SimpleIM } from "../sdk/simpleim.js";
import { language, onLanguage, startLanguage } from "./i18n.js";
import { Chat } from "./model/chat.js";
import { requestToken, tabUser } from "./model/sign-in.js";
import { AppView } from "./view/app-view.js";
import { prepareDialog } from "./view/dialogs.js";
import { SignInView } from "./view/sign-in-view.js";

let hasTokenWorked = false;
const asked = new URLSearchParams(location.search).get("user") ?? "";

startLanguage();
document.querySelectorAll("dialog").forEach(prepareDialog);

if (tabUser.get() && (asked === "" || asked === tabUser.get().userId)) {
  startChat();
} else {
  const view = new SignInView(() => {
    history.replaceState(null, "", `?user=${encodeURIComponent(tabUser.get().userId)}`);
    view.hide();
    startChat();
  });
  onLanguage(() => view.render());
  view.show(asked);
}

function startChat() {
  const { userId } = tabUser.get();
  const client = new SimpleIM({ url: new URL(".", document.baseURI), getToken, language: language() });
  const chat = new Chat(client, userId);
  const view = new AppView(chat, signOut);
  onLanguage(() => view.render());
  chat.on("state", ({ state }) => (hasTokenWorked ||= state === "online"));
  view.show();
  chat.start();
}

/** Reloads the page, so that no state of this user is left for the next. */
function signOut() {
  tabUser.clear();
  location.replace(location.pathname);
}

/** In your own page, your back end requests the token from the server. */
async function getToken(reason) {
  const user = tabUser.get();
  if (reason === "start") {
    return user.token;
  }
  // A session that ended after the token had worked was ended on purpose; a stored token may simply be old.
  if (user.isPasted || (reason === "ended" && hasTokenWorked)) {
    return null;
  }
  try {
    const token = await requestToken(user.userId, language());
    tabUser.set({ ...user, token });
    return token;
  } catch (error) {
    if (["network", "unavailable", "rate_limited"].includes(error.code)) {
      throw error;
    }
    return null;
  }
}
