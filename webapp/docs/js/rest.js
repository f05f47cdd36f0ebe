import "./language.js";
import { base } from "./base.js";
import { spec } from "./spec.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

const description = await spec("openapi.yaml");
// Calls go to the server that serves this page.
description.servers = [{ url: base.href.replace(/\/$/, "") }];
SwaggerUIBundle({
  spec: description,
  domNode: document.getElementById("reference"),
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // Otherwise it sends the description to a public site.
  validatorUrl: null,
});
