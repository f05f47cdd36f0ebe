/** The chat page: who is signed in in this tab, and what is shown then. */
import { SimpleIM } from "../sdk/simpleim.js";
import { language, onLanguage, startLanguage } from "./i18n.js";
import { Chat } from "./model/chat.js";
import { requestToken, signedIn } from "./model/sign-in.js";
import { AppView } from "./view/app-view.js";
import { prepareDialog } from "./view/dialogs.js";
import { SignInView } from "./view/sign-in-view.js";

let hasTokenWorked = false;
const asked = new URLSearchParams(location.search).get("user") ?? "";

startLanguage();
document.querySelectorAll("dialog").forEach(prepareDialog);

if (signedIn.get() && (asked === "" || asked === signedIn.get().userId)) {
  startChat();
} else {
  const view = new SignInView(() => {
    history.replaceState(null, "", `?user=${encodeURIComponent(signedIn.get().userId)}`);
    view.hide();
    startChat();
  });
  onLanguage(() => view.render());
  view.show(asked);
}

function startChat() {
  const { userId } = signedIn.get();
  const client = new SimpleIM({ url: new URL(".", document.baseURI), getToken, language: language() });
  const chat = new Chat(client, userId);
  const view = new AppView(chat, signOut);
  onLanguage(() => view.render());
  chat.on("state", ({ state }) => (hasTokenWorked ||= state === "online"));
  view.show();
  chat.start();
}

/** Nothing of one user is left for the next: the page begins anew. */
function signOut() {
  signedIn.clear();
  location.replace(location.pathname);
}

/** Your page would ask your back end, which asks the server. */
async function getToken(reason) {
  const who = signedIn.get();
  if (reason === "start") {
    return who.token;
  }
  // One that was kept since the last visit may have run out meanwhile; one that worked was ended by somebody.
  if (who.isGiven || (reason === "ended" && hasTokenWorked)) {
    return null;
  }
  try {
    const token = await requestToken(who.userId, language());
    signedIn.set({ ...who, token });
    return token;
  } catch (error) {
    if (["network", "unavailable", "rate_limited"].includes(error.code)) {
      throw error;
    }
    return null;
  }
}
