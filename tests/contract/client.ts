// A client that has to compile: what the contract says of a tally and a stance is what a program can use.
import type { components, operations, paths } from "./contract";

type Tally = paths["/v1/resolutions/{id}/tally"]["get"]["responses"]["200"]["content"]["application/json"];
type Stance = components["schemas"]["Stance"];
type NewStance = operations["RecordStance"]["requestBody"]["content"]["application/json"];
type ShownStance = operations["GetStance"]["responses"]["200"]["content"]["application/json"];
type Problem = components["schemas"]["InvalidProblem"];

export async function isCarried(id: string): Promise<boolean | null> {
  const answer = await fetch(`/v1/resolutions/${id}/tally`, { headers: { "If-None-Match": '"7"' } });
  const tally = (await answer.json()) as Tally;
  const outlook: "open" | "secured" | "lost" | null = tally.outlook;
  const yes: number | null = tally.yes;
  return outlook === "secured" || (yes !== null && yes > tally.quorum.required) || tally.reached;
}

export async function record(id: string, iso3: string, stance: NewStance, version: number): Promise<Stance | string[]> {
  const headers: operations["RecordStance"]["parameters"]["header"] = { "If-Match": `"${version}"` };
  const answer = await fetch(`/v1/resolutions/${id}/stances/${iso3}`, {
    method: "PUT",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(stance),
  });
  return answer.ok ? ((await answer.json()) as Stance) : Object.keys(((await answer.json()) as Problem).errors);
}

export const firm: NewStance = { position: "yes", certainty: "confirmed", evidence: "note-verbale" };

// @ts-expect-error what is required is required
export const half: NewStance = { position: "yes" };

// @ts-expect-error nobody records that nothing is known
export const nothing: NewStance = { position: "unknown", certainty: "confirmed", evidence: "meeting" };

// A caller without a key gets a stance without a version.
export const versionOf = (stance: ShownStance): number | null => stance.version ?? null;

export const contactOf = (stance: Stance): string | undefined => stance.contact;

export const note: operations["ChangeStance"]["requestBody"]["content"]["application/json"] = { note: null };

export const patch: components["schemas"]["ContactPatch"] = { phone: null };
