// Answers with the OpenAPI document of the context, which stands beside this file.
import { readFileSync } from "node:fs";

const body = readFileSync(new URL(`${process.env.CONTEXT}.json`, import.meta.url), "utf8");

export const handler = async () => ({
  statusCode: 200,
  headers: { "content-type": "application/json", "cache-control": "max-age=300" },
  body,
});
