// Drives every route of the OpenAPI document with the client that was generated from it:
//   node out/drive.js http://127.0.0.1:8080
// Prints each exchange as a line of JSON: method, path (with its parameters in braces), status, headers and body.

import * as api from "./client/sdk.gen.js";
import { client } from "./client/client.gen.js";

type Answer = { response?: Response; error?: unknown };

const baseUrl = process.argv[2]!;
const driven = new Set<string>();

client.setConfig({ baseUrl });
client.interceptors.response.use(async (response, request, options) => {
  driven.add(`${request.method} ${options.url}`);
  const headers = Object.fromEntries(response.headers);
  const body = await response.clone().text();
  console.log(JSON.stringify({ method: request.method, path: options.url, status: response.status, headers, body }));
  return response;
});

/** The answer, which must be a good one. */
async function good<A extends Answer>(call: Promise<A>): Promise<A> {
  const answer = await call;
  if (!answer.response?.ok) {
    throw new Error(`${answer.response?.url} ${answer.response?.status}: ${JSON.stringify(answer.error)}`);
  }
  return answer;
}

/** Asks again until the answer is a good one, for 30 seconds at most: other contexts hear of things in the end. */
async function inTheEnd<A extends Answer>(ask: () => Promise<A>): Promise<A> {
  const end = Date.now() + 30_000;
  let answer = await ask();
  while (!answer.response?.ok && Date.now() < end) {
    await new Promise((resume) => setTimeout(resume, 50));
    answer = await ask();
  }
  return good(Promise.resolve(answer));
}

async function wish(childId: string, text: string): Promise<string> {
  const { data } = await good(api.wishesMakeWish({ path: { childId }, body: { wish: text } }));
  // Compiles only where the generator saw that a wish that was made has an id, which is text.
  if (data === undefined || !("wishId" in data)) {
    throw new Error("Nothing was made");
  }
  const wishId: string = data.wishId;
  return wishId;
}

async function wishes(): Promise<void> {
  const childId = "simo";
  const bicycle = await wish(childId, "a red \"bicycle\"");
  const ball = await wish(childId, "a ball");
  const book = await wish(childId, "我想要一本书");
  const atLeast = `child#${childId}@3`;
  const page = await good(api.wishesChildWishes({ path: { childId }, query: { atLeast, limit: 2 } }));
  const after = page.data?.next ?? "";
  await good(api.wishesChildWishes({ path: { childId }, query: { after, consistency: "strong" } }));
  await good(api.wishesWishById({ path: { wishId: bicycle }, query: { atLeast } }));
  await good(api.wishesStreamStory({ path: { streamId: `child#${childId}` } }));
  await good(api.wishesCancelWish({ path: { childId, wishId: ball } }));
  await good(api.wishesFulfilWish({ path: { wishId: book } }));
  await inTheEnd(() => api.logisticsDeliveryNote({ path: { wishId: bicycle } }));
  await good(api.logisticsDeliverPresent({ path: { wishId: bicycle } }));
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await good(api.wishesMarkNaughty({ path: { childId: "max" }, body: { until } }));
  await good(api.wishesNaughtyList({ query: { atLeast: "child#max@1" } }));
}

async function fieldWork(): Promise<void> {
  const [regionId, crewId, jobId, equipmentId] = ["north", "crew-1", "job-1", "lift"];
  const currency = "EUR";
  const today = new Date().toISOString().slice(0, 10);
  const plannedStart = `${today}T12:00:00Z`;
  const job = { customer: "Ada", siteAddress: "1 Mill Lane", regionId, trade: "heating", plannedStart, estimatedHours: 2 };
  await good(api.fieldopsOpenRegion({ path: { regionId }, body: { timeZone: "Europe/Vienna", currency } }));
  const crew = { rateClass: "standard", hourlyRate: { amount: 60, currency }, from: "2026-01-01" };
  await good(api.fieldopsRegisterCrew({ path: { crewId }, body: crew }));
  const lift = { hourlyRate: { amount: 12.5, currency }, serviceIntervalHours: 5 };
  await good(api.fieldopsRegisterEquipment({ path: { equipmentId }, body: lift }));
  await good(api.fieldopsCreateJob({ path: { jobId }, body: job }));
  await good(api.fieldopsCreateJob({ path: { jobId: "job-2" }, body: job }));
  await good(api.fieldopsAssignCrew({ path: { jobId }, body: { crewId } }));
  await good(api.fieldopsUnassignCrew({ path: { jobId }, body: { crewId } }));
  const later = { plannedStart: `${today}T14:00:00Z`, reason: "Weather" };
  await good(api.fieldopsRescheduleJob({ path: { jobId }, body: later }));
  await good(api.fieldopsAssignCrew({ path: { jobId }, body: { crewId } }));
  await good(api.fieldopsRecordEquipmentUse({ path: { equipmentId }, body: { jobId, on: today, hours: 6 } }));
  await good(api.fieldopsJob({ path: { jobId }, query: { consistency: "strong" } }));
  const at = new Date().toISOString();
  const done = await good(
    api.fieldopsCompleteJob({ path: { jobId }, body: { at, crewHours: [{ crewId, hours: 1.5 }] } }),
  );
  const cancelled = await good(api.fieldopsCancelJob({ path: { jobId: "job-2" }, body: { reason: "Moved away" } }));
  const atLeast = `job#${jobId}@${done.data?.version}`;
  const other = `job#job-2@${cancelled.data?.version}`;
  await good(api.fieldopsJob({ path: { jobId }, query: { atLeast } }));
  await good(api.fieldopsBilling({ path: { jobId }, query: { atLeast } }));
  await good(api.fieldopsCrewSchedule({ path: { crewId }, query: { atLeast } }));
  const ofToday = { day: today, state: "cancelled" } as const;
  await good(api.fieldopsJobBoard({ path: { regionId }, query: { ...ofToday, atLeast: other } }));
  await good(api.fieldopsJobBoard({ path: { regionId }, query: { day: today } }));
  await good(api.fieldopsUnassignedJobs({ path: { regionId }, query: { atLeast } }));
  await good(api.fieldopsCompletedWork({ path: { regionId }, query: { day: today, atLeast } }));
  const shift = { from: `${today}T06:00:00Z`, to: `${today}T18:00:00Z` };
  await good(api.fieldopsCrews({ query: { ...shift, atLeast } }));
  await good(api.fieldopsRegions());
  await good(api.fieldopsEquipment());
  await good(api.fieldopsRegionReport({ path: { regionId }, query: { day: today, atLeast } }));
  await good(api.fieldopsEquipmentUsage({ path: { equipmentId }, query: { atLeast: `equipment#${equipmentId}@2` } }));
  await inTheEnd(() => api.maintenanceMaintenanceOrder({ path: { equipmentId } }));
  await good(api.maintenanceFinishMaintenance({ path: { equipmentId }, body: { note: "New oil" } }));
}

type Schema = {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
};

/** Some value of a schema. */
function sample(schema: Schema): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.enum) {
    return schema.enum[0];
  }
  switch (type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]),
      );
    case "array":
      return [];
    case "number":
    case "integer":
      return 1;
    case "boolean":
      return true;
    default:
      return schema.format === "date-time"
        ? new Date().toISOString()
        : schema.format === "date"
          ? new Date().toISOString().slice(0, 10)
          : "north";
  }
}

/** Routes that the stories above leave out get some values that their schemas allow, and may say no. */
async function others(): Promise<void> {
  const document = await (await fetch(`${baseUrl}/openapi.json`)).json();
  const resolved = (node: any) =>
    node?.$ref ? node.$ref.slice(2).split("/").reduce((at: any, name: string) => at[name], document) : node;
  for (const [url, methods] of Object.entries<any>(document.paths)) {
    for (const [name, operation] of Object.entries<any>(methods)) {
      const method = name.toUpperCase() as "GET" | "POST";
      if (!driven.has(`${method} ${url}`)) {
        const parameters = (operation.parameters ?? []).map(resolved).filter((one: any) => one.required);
        const values = (where: string) =>
          Object.fromEntries(
            parameters.filter((one: any) => one.in === where).map((one: any) => [one.name, sample(one.schema)]),
          );
        const schema = resolved(operation.requestBody?.content["application/json"].schema);
        const body = schema === undefined ? undefined : sample(schema);
        await client.request({ method, url, path: values("path"), query: values("query"), body });
      }
    }
  }
}

await wishes();
await fieldWork();
await others();
