/** Turns a JSON schema into lines for a table: {path, type, required, description}. */

/** Resolves a reference within the document. Members beside the reference take precedence. */
export function resolve(document, node) {
  if (!node?.$ref) {
    return node;
  }
  const found = node.$ref.slice(2).split("/").reduce((at, key) => at[key.replace("~1", "/")], document);
  const { $ref, ...beside } = node;
  return { ...resolve(document, found), ...beside };
}

/** One line for each member, nested members included. */
export function lines(document, schema, prefix = "") {
  const { properties = {}, required = [] } = resolve(document, schema);
  return Object.entries(properties).flatMap(([name, property]) => {
    const member = resolve(document, property);
    const line = {
      path: prefix + name,
      type: type(document, member),
      required: required.includes(name),
      description: member.description,
    };
    return [line, ...lines(document, ...below(member, line.path))];
  });
}

function below(member, path) {
  return member.items ? [member.items, `${path}[].`] : [member, `${path}.`];
}

function type(document, schema) {
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum) {
    return schema.enum.length > 8 ? schema.type : schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  }
  if (schema.type === "array") {
    return `array<${type(document, resolve(document, schema.items))}>`;
  }
  if (typeof schema.additionalProperties === "object") {
    return `object<${type(document, resolve(document, schema.additionalProperties))}>`;
  }
  return [[schema.type].flat().join(" | "), range(schema)].join(" ").trim();
}

function range({ minimum, maximum, minLength, maxLength, default: usual }) {
  const [least, most] = [minimum ?? minLength, maximum ?? maxLength];
  const within = least !== undefined && most !== undefined ? `${least}–${most}` : least > 0 ? `≥ ${least}` : "";
  return usual === undefined ? within : `${within} = ${usual}`.trim();
}
