/**
 * The guides, in the order of the menu. `file` is the path in the repository; `id` is the value of `?page=`.
 *
 * @type {{ id: string, file: string, group: string, en: string, zh: string, language?: "zh" }[]}
 */
export const guides = [
  { id: "getting-started", group: "start", en: "Getting started", zh: "入门（英文）" },
  { id: "zh", file: "README.zh-CN.md", group: "start", en: "Quick start (中文)", zh: "快速接入", language: "zh" },
  { id: "embedding", group: "start", en: "Embedding", zh: "接入您的系统" },
  { id: "examples", file: "src/site/examples/README.md", group: "start", en: "Example back ends", zh: "后端示例" },
  { id: "sdk", file: "webapp/sdk/README.md", group: "build", en: "JavaScript SDK", zh: "JavaScript SDK" },
  { id: "api", group: "build", en: "API and errors", zh: "接口与错误" },
  { id: "collections", group: "build", en: "MongoDB collections", zh: "MongoDB 集合" },
  { id: "conformance", file: "src/site/conformance/README.md", group: "build", en: "Client conformance kit", zh: "客户端一致性测试" },
  { id: "deploying", group: "run", en: "Deploying", zh: "部署" },
  { id: "configuration", group: "run", en: "Configuration", zh: "配置" },
  { id: "operations", group: "run", en: "Operations", zh: "运维" },
  { id: "security", group: "run", en: "Security", zh: "安全" },
  { id: "architecture", group: "inside", en: "Architecture", zh: "架构" },
  { id: "development", group: "inside", en: "Development", zh: "开发" },
  { id: "benchmark", group: "inside", en: "Benchmark", zh: "性能测试" },
].map((guide) => ({ file: `src/site/markdown/${guide.id}.md`, ...guide }));

/** The groups of the menu, in order. */
export const groups = [
  { id: "start", en: "Start", zh: "开始" },
  { id: "build", en: "Build", zh: "开发接口" },
  { id: "run", en: "Run", zh: "运行" },
  { id: "inside", en: "Inside", zh: "内部" },
];

export const address = (guide) => `guide.html?page=${guide.id}`;

/** Where the server has a file of the repository; undefined if it has none. */
export function served(file) {
  if (file.startsWith("webapp/")) {
    return `../${file.slice("webapp/".length)}`;
  }
  if (file.startsWith("src/site/")) {
    return `site/${file.slice("src/site/".length)}`;
  }
  return { "README.md": "./", "README.zh-CN.md": "site/README.zh-CN.md" }[file];
}

/** A link that stands in a guide, as the page needs it. Links that start with a scheme, `/` or `#` stay as they are. */
export function resolveLink(href, guide) {
  if (/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(href)) {
    return href;
  }
  const target = new URL(href, `http://repository/${guide.file}`);
  const file = decodeURIComponent(target.pathname.slice(1));
  const other = guides.find((candidate) => candidate.file === file);
  return (other ? address(other) : served(file) ?? href) + target.hash;
}
