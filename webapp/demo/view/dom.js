const SVG = "http://www.w3.org/2000/svg";
const HUES = 8;
/** A hidden page has no frames, so a timer runs the task instead. */
const MAX_DELAY_MILLIS = 100;

export function byId(id) {
  return document.getElementById(id);
}

/**
 * Creates an element. Strings become text, never HTML.
 *
 * @param properties of the element; `data` sets its dataset, `label` its aria-label
 * @param children elements and strings; null and false are skipped
 */
export function el(tag, { data = {}, label, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  Object.assign(node.dataset, data);
  if (label) {
    node.setAttribute("aria-label", label);
  }
  node.append(...children.filter((child) => child !== null && child !== false));
  return node;
}

/** Creates one of the icons in index.html. Screen readers skip it, so it needs a text beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Creates text that only screen readers present. */
export function screenReaderText(text) {
  return el("span", { className: "visually-hidden" }, text);
}

/** Gives an avatar the initial of `text` and a colour derived from `id`. */
export function paintAvatar(node, id, text) {
  node.className = `avatar hue-${hash(id) % HUES}`;
  node.textContent = [...text][0]?.toUpperCase() ?? "?";
  node.setAttribute("aria-hidden", "true");
  return node;
}

function hash(text) {
  let value = 0;
  for (const character of text) {
    value = (value * 31 + character.codePointAt(0)) >>> 0;
  }
  return value;
}

/**
 * Updates a container to show a list of items, touching as few children as possible. `key` identifies an item's child,
 * which is rebuilt only when its `renderKey` changes.
 *
 * @param {{key: (item) => string, renderKey: (item, index) => string, build: (item, index) => Element}} functions
 */
export function reconcile(container, items, { key, renderKey, build }) {
  const wanted = new Set(items.map(key));
  const present = new Map();
  for (const node of [...container.children]) {
    if (wanted.has(node.dataset.key)) {
      present.set(node.dataset.key, node);
    } else {
      node.remove();
    }
  }
  let next = container.firstElementChild;
  items.forEach((item, index) => {
    let node = present.get(key(item));
    const newKey = renderKey(item, index);
    if (node && node.renderKey !== newKey) {
      const isNext = node === next;
      node = replace(node, tag(build(item, index), key(item), newKey));
      next = isNext ? node : next;
    }
    node ??= tag(build(item, index), key(item), newKey);
    if (node === next) {
      next = next.nextElementSibling;
    } else {
      container.insertBefore(node, next);
    }
  });
}

function tag(node, key, renderKey) {
  node.dataset.key = key;
  node.renderKey = renderKey;
  return node;
}

function replace(node, fresh) {
  const hadFocus = node.contains(document.activeElement);
  node.replaceWith(fresh);
  if (hadFocus) {
    (fresh.matches("button") ? fresh : fresh.querySelector("button"))?.focus();
  }
  return fresh;
}

/** @returns a function that runs the task before the next frame, once for all calls until then */
export function oncePerFrame(task) {
  let isScheduled = false;
  return () => {
    if (isScheduled) {
      return;
    }
    isScheduled = true;
    let frame;
    let timer;
    const run = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      isScheduled = false;
      task();
    };
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, MAX_DELAY_MILLIS);
  };
}
