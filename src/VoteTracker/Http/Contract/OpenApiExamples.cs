using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VoteTracker.Http.Contract;

/// <summary>Shows an example of each body: one for a schema, wherever it is sent or answered.</summary>
internal sealed class OpenApiExamples : IDocumentFilter
{
    private const string Tally = """
        {
          "resolution": "es-10-l-34", "asOf": "2026-11-21T22:10:00Z", "version": 812, "counting": "all",
          "basis": "stances", "rule": "two-thirds", "reached": true, "outlook": "secured",
          "yes": 120, "no": 14, "abstain": 45, "absent": 4, "undecided": 6, "unknown": 2, "ineligible": 2,
          "members": 193, "eligible": 191, "presentAndVoting": 134, "required": 90, "margin": 92,
          "quorum": { "required": 97, "present": 179, "met": true },
          "coSponsors": 41,
          "sentence": "120 of 134 present and voting; two thirds is 90. Another 46 no votes would not defeat it; the 47th would."
        }
        """;

    private const string TallyBefore = """
        {
          "resolution": "es-10-l-34", "asOf": "2026-11-21T15:00:00Z", "version": 811, "counting": "all",
          "basis": "stances", "rule": "two-thirds", "reached": true, "outlook": "secured",
          "yes": 120, "no": 15, "abstain": 44, "absent": 4, "undecided": 6, "unknown": 2, "ineligible": 2,
          "members": 193, "eligible": 191, "presentAndVoting": 135, "required": 90, "margin": 90,
          "quorum": { "required": 97, "present": 179, "met": true },
          "coSponsors": 41,
          "sentence": "120 of 135 present and voting; two thirds is 90. Another 45 no votes would not defeat it; the 46th would."
        }
        """;

    private const string VoteEvent = """
        {
          "id": "es-10-27/roll-call", "organization": { "name": "United Nations General Assembly" },
          "legislative_session_id": "es-10", "motion_id": "es-10-27", "start_date": "2025-06-12", "result": "pass",
          "counts": [
            { "option": "yes", "value": 149 }, { "option": "no", "value": 12 },
            { "option": "abstain", "value": 19 }, { "option": "not voting", "value": 13 }
          ],
          "votes": [{ "voter_id": "AFG", "option": "not voting" }],
          "sources": [{ "url": "https://digitallibrary.un.org/record/4080000", "note": "A/RES/ES-10/27, UN Digital Library" }]
        }
        """;

    private static readonly Dictionary<string, string> BySchema = new(StringComparer.Ordinal)
    {
        ["TallyDiff"] = $$"""
            {
              "resolution": "es-10-l-34", "from": "2026-11-21T15:00:00Z", "to": "2026-11-21T22:10:00Z",
              "counting": "all", "before": {{TallyBefore}}, "after": {{Tally}}, "marginChange": 2,
              "moves": [{
                "what": "stance", "memberState": "ZAF", "from": "no", "to": "abstain", "fromCertainty": "likely",
                "toCertainty": "confirmed", "effect": 2, "changedBy": "lobbyist 2",
                "changedAt": "2026-11-21T22:10:00Z", "reason": "New instructions came.", "evidence": "meeting",
                "evidenceUrl": null, "note": null, "changes": 1
              }]
            }
            """,
        ["Tally"] = Tally,
        ["TextInTree"] = $$"""
            {
              "resolution": "es-10-l-34", "symbol": "A/ES-10/L.34", "title": "A draft", "kind": "draft",
              "rule": "two-thirds", "status": "tabled", "order": null, "voteOn": "2026-12-10", "tally": {{Tally}},
              "tallyWithInherited": null, "inherited": 0,
              "stances": [{
                "memberState": "ZAF", "position": "yes", "certainty": "likely", "eligible": true, "inheritedFrom": null
              }],
              "parts": []
            }
            """,
        ["ScenarioRequest"] = """{ "changes": [{ "memberState": "ZAF", "position": "abstain" }] }""",
        ["Scenario"] = """
            {
              "resolution": "es-10-l-34", "name": "zaf-abstains",
              "changes": [{ "memberState": "ZAF", "position": "abstain" }],
              "version": 1, "changedBy": "lobbyist 2", "changedAt": "2026-11-21T22:10:00Z"
            }
            """,
        ["ScenarioOutcome"] = $$"""
            {
              "resolution": "es-10-l-34", "version": 811, "changes": [{ "memberState": "ZAF", "position": "abstain" }],
              "tally": {{Tally}}, "probability": 0.9999,
              "now": {{TallyBefore}}, "probabilityNow": 0.9998,
              "difference": {
                "yes": 0, "no": -1, "abstain": 1, "absent": 0, "undecided": 0, "unknown": 0, "ineligible": 0,
                "presentAndVoting": -1, "required": 0, "margin": 2, "probability": 0.0001
              },
              "moves": [{
                "what": "stance", "memberState": "ZAF", "from": "no", "to": "abstain", "fromCertainty": "likely",
                "toCertainty": "confirmed", "effect": 2
              }]
            }
            """,
        ["ForecastReport"] = """
            {
              "resolution": "es-10-l-34", "asOf": "2026-11-21T22:10:00Z", "version": 812, "rule": "two-thirds",
              "probability": 0.9641, "probabilityWithBlocShock": 0.8913, "blocShock": 0.2,
              "yes": { "expected": 118.4, "low": 113, "high": 124 }, "no": { "expected": 17.2, "low": 13, "high": 21 },
              "margin": { "expected": 84.0, "low": 72, "high": 96, "from": 83, "probabilities": [0.4, 0.35, 0.25] },
              "coverage": 0.8, "members": 193, "eligible": 191, "rollCalls": 34,
              "assumptions": ["Members choose independently of each other in `probability`."],
              "states": [{
                "memberState": "ZAF", "yes": 0.85, "no": 0.03, "abstain": 0.09, "absent": 0.03, "position": "yes",
                "certainty": "likely", "from": "stance", "stanceShare": 1.0,
                "pivotality": { "yes": 0.0007, "no": -0.0132, "abstain": -0.0031 }
              }],
              "explain": {
                "memberState": "ZAF",
                "stance": {
                  "position": "yes", "certainty": "likely", "held": 0.85, "restFrom": "record",
                  "chances": { "yes": 0.85, "no": 0.03, "abstain": 0.09, "absent": 0.03 }
                },
                "record": {
                  "from": "record", "chances": { "yes": 0.8, "no": 0.04, "abstain": 0.12, "absent": 0.04 },
                  "votes": [{
                    "resolution": "es-10-27", "session": "es-10", "day": "2025-06-12", "vote": "yes", "share": 0.31
                  }],
                  "everybodysShare": 0.14
                },
                "age": { "days": 0, "halfLifeDays": 60.0, "stanceShare": 1.0 },
                "chances": { "yes": 0.85, "no": 0.03, "abstain": 0.09, "absent": 0.03 }
              }
            }
            """,
        ["PathReport"] = """
            {
              "resolution": "es-10-l-34", "asOf": "2026-11-21T22:10:00Z", "version": 812, "rule": "two-thirds",
              "goal": "adopt", "reached": false, "goalMet": false, "margin": -2, "flips": 1,
              "fewest": [{ "kind": "no-to-abstain", "count": 1 }],
              "kinds": [{
                "kind": "no-to-abstain", "effect": 2, "needed": 1, "available": 14,
                "availableFrom": { "yes": 0, "no": 14, "abstain": 0, "absent": 0, "undecided": 0, "unknown": 0 }
              }],
              "formula": "score = gain × certainty × pastVotes × coSponsorship × lastContact",
              "states": [{
                "memberState": "ZAF", "position": "no", "certainty": "leaning", "flip": "no-to-abstain", "gain": 2,
                "reachability": 0.105, "score": 0.21,
                "parts": { "certainty": 0.35, "pastVotes": 0.6, "coSponsorship": 0.5, "lastContact": 1.0 },
                "coSponsor": null, "daysSinceContact": 40
              }]
            }
            """,
        ["CalibrationReport"] = """
            {
              "resolution": "es-10-l-34", "resolutions": 1,
              "forecast": { "count": 193, "logLoss": 0.412, "brier": 0.221, "share": 0.865 },
              "stances": {
                "key": "all", "count": 180, "cameTrue": 165, "share": 0.9167, "expected": 0.9021, "logLoss": 0.301,
                "brier": 0.152
              },
              "byCertainty": [{
                "key": "confirmed", "count": 120, "cameTrue": 117, "share": 0.975, "expected": 0.9642, "logLoss": 0.12,
                "brier": 0.05
              }],
              "byEvidence": [], "byRecorder": [],
              "reliability": [{ "from": 0.9, "to": 1.0, "count": 130, "expected": 0.957, "happened": 0.969 }]
            }
            """,
        ["Breakdown"] = """
            {
              "resolution": "es-10-27", "asOf": "2025-06-13T04:00:00Z", "version": 1, "by": "regional-group",
              "groupsAsOf": "2026-01-01",
              "rows": [{
                "group": "african-states", "members": 54, "eligible": 54, "yes": 40, "no": 0, "abstain": 6, "absent": 8,
                "undecided": 0, "unknown": 0, "ineligible": 0, "coSponsors": 0, "presentAndVoting": 40, "yesShare": 1.0
              }]
            }
            """,
        ["Stance"] = """
            {
              "resolution": "es-10-l-34", "memberState": "ZAF", "position": "yes", "certainty": "likely",
              "evidence": "meeting", "evidenceUrl": null, "note": "Instructions are awaited.", "version": 7,
              "changedBy": "lobbyist 2", "changedAt": "2026-11-21T22:10:00Z"
            }
            """,
        ["StanceExportRow"] = """
            {
              "resolution": "es-10-l-34", "iso3": "ZAF", "iso2": "ZA", "m49": "710", "unName": "SOUTH AFRICA",
              "regionalGroup": "african-states", "position": "yes", "certainty": "likely", "evidence": "meeting",
              "evidenceUrl": null, "note": "Instructions are awaited.", "contact": null, "ineligible": null,
              "version": 7, "changedBy": "lobbyist 2", "changedAt": "2026-11-21T22:10:00Z", "vote": null,
              "voteUndl": null, "voteVoeten": null, "intended": null
            }
            """,
        ["BreakdownExportRow"] = """
            {
              "resolution": "es-10-l-34", "groupScheme": "regional-group", "group": "african-states",
              "basis": "stances", "members": 54, "coSponsors": 3, "eligible": 54, "yes": 40, "no": 0, "abstain": 6,
              "absent": 4, "undecided": 2, "unknown": 2, "ineligible": 0, "presentAndVoting": 40, "yesShare": 1.0,
              "recordedYes": null, "recordedNo": null, "recordedAbstain": null, "recordedNonVoting": null,
              "recordedPresentAndVoting": null, "recordedYesShare": null
            }
            """,
        ["CoSponsorExportRow"] = """
            {
              "resolution": "es-10-l-34", "iso3": "ZAF", "iso2": "ZA", "m49": "710", "unName": "SOUTH AFRICA",
              "regionalGroup": "african-states", "status": "signed", "role": "main", "since": "2026-11-20",
              "withdrawnOn": null, "note": null, "version": 8, "changedBy": "lobbyist 2",
              "changedAt": "2026-11-21T22:10:00Z"
            }
            """,
        ["HistoryExportRow"] = """
            {
              "resolution": "es-10-l-34", "iso3": "ZAF", "iso2": "ZA", "m49": "710", "unName": "SOUTH AFRICA",
              "regionalGroup": "african-states", "version": 7, "changedAt": "2026-11-21T22:10:00Z",
              "changedBy": "lobbyist 2", "fromPosition": "undecided", "toPosition": "yes",
              "fromCertainty": "leaning", "toCertainty": "likely", "evidence": "meeting", "evidenceUrl": null,
              "note": "Instructions are awaited.", "reason": null
            }
            """,
        ["VoteExportRow"] = """
            {
              "resolution": "es-10-27", "symbol": "A/RES/ES-10/27", "session": "es-10", "votedOn": "2025-06-12",
              "iso3": "ZAF", "iso2": "ZA", "m49": "710", "unName": "SOUTH AFRICA",
              "regionalGroup": "african-states", "vote": "yes", "voteUndl": "Y", "voteVoeten": 1, "intended": null
            }
            """,
        ["MatrixExportRow"] = """
            { "iso3": "ZAF", "iso2": "ZA", "m49": "710", "unName": "SOUTH AFRICA",
              "regionalGroup": "african-states", "votes": { "es-10-26": "yes", "es-10-27": "yes" } }
            """,
        ["ResolutionExportRow"] = """
            {
              "resolution": "es-10-27", "symbol": "A/RES/ES-10/27",
              "title": "Protection of civilians and upholding legal and humanitarian obligations",
              "session": "es-10", "kind": "draft", "rule": "two-thirds", "status": "adopted", "voteOn": "2025-06-12",
              "recordedYes": 149, "recordedNo": 12, "recordedAbstain": 19, "recordedNonVoting": 13,
              "announcedYes": 149, "announcedNo": 12, "announcedAbstain": 19, "announcedNonVoting": 13,
              "members": 193, "recordUrl": "https://digitallibrary.un.org/record/4083529"
            }
            """,
        ["MemberStateExportRow"] = """
            {
              "iso3": "ZAF", "iso2": "ZA", "m49": "710", "unName": "SOUTH AFRICA",
              "regionalGroup": "african-states", "kind": "member", "nameEn": "South Africa", "memberFrom": "1945-11-07", "memberUntil": null,
              "blocs": "african-union nam"
            }
            """,
        ["StanceImport"] = $$"""
            {
              "resolution": "es-10-l-34", "dryRun": true, "lines": 193, "unchanged": 192,
              "changes": [{
                "line": 168, "memberState": "ZAF",
                "fields": [{ "field": "position", "from": "no", "to": "abstain" }]
              }],
              "before": {{TallyBefore}}, "after": {{Tally}}, "turns": false
            }
            """,
        ["StanceConflict"] = """
            {
              "line": 168, "memberState": "ZAF", "why": "moved-on",
              "detail": "it was at version 5 when the table was made, and is at 7 now",
              "current": {
                "resolution": "es-10-l-34", "memberState": "ZAF", "position": "yes", "certainty": "likely",
                "evidence": "meeting", "evidenceUrl": null, "note": "Instructions are awaited.", "version": 7,
                "changedBy": "lobbyist 2", "changedAt": "2026-11-21T22:10:00Z"
              }
            }
            """,
        ["RecordStanceRequest"] = """
            { "position": "yes", "certainty": "likely", "evidence": "meeting", "note": "Instructions are awaited." }
            """,
        ["StanceChange"] = """
            {
              "version": 7, "changedBy": "lobbyist 2", "changedAt": "2026-11-21T22:10:00Z", "from": "undecided",
              "to": "yes", "fromCertainty": "leaning", "toCertainty": "likely", "evidence": "meeting",
              "evidenceUrl": null, "note": "Instructions are awaited.", "reason": null
            }
            """,
        ["Resolution"] = """
            {
              "id": "es-10-l-34", "symbol": "A/ES-10/L.34", "title": "A draft", "session": "es-10", "kind": "draft",
              "parent": null, "rule": "two-thirds", "status": "drafting", "voteOn": "2026-12-01",
              "order": null, "visibility": "tally", "basis": "stances", "recordUrl": null, "version": 1,
              "createdAt": "2026-11-21T15:00:00Z", "changedAt": "2026-11-21T15:00:00Z"
            }
            """,
        ["OpenResolutionRequest"] = """
            {
              "symbol": "A/ES-10/L.34", "title": "A draft", "session": "es-10", "kind": "draft", "visibility": "tally",
              "baseline": "es-10-27"
            }
            """,
        ["ResolutionPatch"] = """{ "status": "tabled", "voteOn": "2026-12-01" }""",
        ["CoSponsor"] = """
            {
              "resolution": "es-10-l-34", "memberState": "ZAF", "status": "signed", "role": "main",
              "since": "2026-11-20", "withdrawnOn": null, "note": null, "version": 9,
              "changedAt": "2026-11-21T22:10:00Z"
            }
            """,
        ["RecordCoSponsorRequest"] = """{ "status": "signed", "role": "main", "since": "2026-11-20" }""",
        ["RollCall"] = """
            {
              "resolution": "es-10-27", "recordedOn": "2025-06-12",
              "votes": [{ "memberState": "AFG", "vote": "non-voting", "intended": null }],
              "totals": { "yes": 149, "no": 12, "abstain": 19, "nonVoting": 13 },
              "announced": { "yes": 149, "no": 12, "abstain": 19, "nonVoting": null },
              "notOnTheList": [], "remarks": [], "status": "adopted", "version": 1,
              "changedAt": "2025-06-13T04:00:00Z"
            }
            """,
        ["VoteOfMember"] = """
            {
              "memberState": "ZAF", "resolution": "es-10-27", "recordedOn": "2025-06-12", "vote": "yes",
              "intended": null, "symbol": "A/RES/ES-10/27", "title": "A title", "session": "es-10", "kind": "draft",
              "status": "adopted", "recordUrl": "https://digitallibrary.un.org/record/4080000"
            }
            """,
        ["AgreementReport"] = """
            {
              "a": "ZAF", "b": "NAM", "session": "es-10", "from": null, "to": null, "rollCalls": 20,
              "identicalFormula": "same / common", "abstentionHalfFormula": "(same + half / 2) / common (Lijphart 1963)",
              "yesNoOnlyFormula": "(same - bothAbstain) / (same - bothAbstain + opposite)",
              "items": [{
                "memberState": "NAM", "common": 20, "same": 18, "bothAbstain": 2, "half": 1, "opposite": 1,
                "identical": 0.9, "abstentionHalf": 0.925, "yesNoOnly": 0.9412
              }]
            }
            """,
        ["CohesionReport"] = """
            {
              "resolution": "es-10-27", "version": 1, "recordedOn": "2025-06-12", "by": "regional-group",
              "groupsAsOf": "2026-01-01", "riceFormula": "|Y - N| / (Y + N) (Rice 1925)",
              "agreementFormula": "(max(Y, N, A) - ((Y + N + A) - max(Y, N, A)) / 2) / (Y + N + A) (Hix, Noury and Roland 2005)",
              "assembly": {
                "group": "all", "members": 193, "yes": 149, "no": 12, "abstain": 19, "nonVoting": 13,
                "riceIndex": 0.8509, "agreementIndex": 0.7417
              },
              "rows": [{
                "group": "african-states", "members": 54, "yes": 40, "no": 0, "abstain": 6, "nonVoting": 8,
                "riceIndex": 1.0, "agreementIndex": 0.8043
              }]
            }
            """,
        ["PopoloVoteEvent"] = VoteEvent,
        ["PopoloMotion"] = $$"""
            {
              "id": "es-10-27", "organization": { "name": "United Nations General Assembly" },
              "legislative_session_id": "es-10", "text": "A title",
              "classification": "draft", "requirement": "two-thirds", "result": "pass",
              "vote_events": [{{VoteEvent}}],
              "sources": [{ "url": "https://digitallibrary.un.org/record/4080000", "note": "A/RES/ES-10/27, UN Digital Library" }]
            }
            """,
        ["RecordRollCallRequest"] = """
            {
              "recordedOn": "2026-11-20",
              "votes": [
                { "memberState": "ZAF", "vote": "yes" },
                { "memberState": "ZMB", "vote": "abstain", "intended": "yes" }
              ],
              "announced": { "yes": 1, "no": 0, "abstain": 1 }
            }
            """,
        ["MemberState"] = """
            {
              "iso3": "ZAF", "iso2": "ZA", "m49": "710", "kind": "member", "unName": "SOUTH AFRICA",
              "names": {
                "ar": "جنوب أفريقيا", "en": "South Africa", "es": "Sudáfrica", "fr": "Afrique du Sud",
                "ru": "Южная Африка", "zh": "南非"
              },
              "formalName": "the Republic of South Africa", "memberFrom": "1945-11-07", "memberUntil": null,
              "regionalGroup": "african-states", "blocs": ["nam"], "on": "2026-11-21", "mayVote": true,
              "ineligible": null
            }
            """,
        ["Ineligibility"] = """
            { "memberState": "ZAF", "from": "2026-01-01", "until": null, "reason": "article-19", "note": null }
            """,
        ["EnterIneligibilityRequest"] = """{ "from": "2026-01-01", "reason": "article-19" }""",
        ["Session"] = """
            {
              "id": "es-1", "number": 1, "emergency": true, "openedOn": "1956-11-01", "closedOn": "1956-11-10",
              "subject": "Middle East", "calledBy": "Security Council"
            }
            """,
        ["Import"] = """
            {
              "id": "m4tq8zr2ykwd", "status": "done", "strict": false, "begunAt": "2026-11-21T15:00:00Z",
              "begunBy": "researcher", "endedAt": "2026-11-21T15:00:03Z", "progress": null,
              "report": {
                "summary": "5,466 texts were added, 34 brought up to date; 0 stand as the file has them, 0 as a user wrote them. What is wrong with the file, 1 in all, is listed.",
                "changedNothing": false, "lines": 917381, "texts": 5500, "votes": 917380, "sessionsAdded": 81,
                "textsAdded": 5466, "textsChanged": 34, "textsUnchanged": 0, "leftToUsers": [], "columnsIgnored": [],
                "findings": [{
                  "kind": "totals-differ", "count": 1,
                  "listed": [{
                    "line": 4712, "resolution": "3-194",
                    "detail": "the names count to 35-15-8-0 of 58, the totals are 34-15-8-0 of 57"
                  }]
                }]
              }
            }
            """,
        ["Contact"] = """
            {
              "id": "k7mq2xw9tnhc", "memberState": "ZAF", "name": "Legal adviser", "title": "Counsellor",
              "office": "mission", "email": "legal@mission.example", "phone": null, "languages": "English",
              "notes": null, "version": 1, "changedBy": "lobbyist 2", "changedAt": "2026-11-21T22:10:00Z"
            }
            """,
        ["ContactFields"] = """
            { "memberState": "ZAF", "name": "Legal adviser", "office": "mission", "email": "legal@mission.example" }
            """,
        ["ContactPatch"] = """{ "title": "Counsellor", "phone": null }""",
        ["Engagement"] = """
            {
              "id": 3, "contact": "k7mq2xw9tnhc", "kind": "meeting", "on": "2026-11-20",
              "summary": "Went through the text.", "outcome": "Asked for instructions.", "nextStep": "Call again",
              "dueOn": "2026-11-24", "changedBy": "lobbyist 2", "changedAt": "2026-11-21T22:10:00Z"
            }
            """,
        ["LogEngagementRequest"] = """
            {
              "kind": "meeting", "on": "2026-11-20", "summary": "Went through the text.",
              "outcome": "Asked for instructions.", "nextStep": "Call again", "dueOn": "2026-11-24"
            }
            """,
        ["Change"] = """
            {
              "cursor": "mYw0bXhSg1Qx3pOeMTI", "kind": "stance", "resolution": "es-10-l-34", "memberState": "ZAF",
              "version": 7, "changedAt": "2026-11-21T22:10:00Z", "changedBy": "lobbyist 2"
            }
            """,
        ["ApiKeyInfo"] = """
            {
              "id": "h4vz8c3jpw6d", "label": "lobbyist 2", "role": "lobbyist", "createdAt": "2026-11-21T15:00:00Z",
              "createdBy": "admin", "expiresAt": null, "revokedAt": null, "lastUsedAt": null
            }
            """,
        ["NewApiKey"] = """
            {
              "id": "h4vz8c3jpw6d", "key": "vt_…", "label": "lobbyist 2", "role": "lobbyist", "expiresAt": null,
              "createdAt": "2026-11-21T15:00:00Z"
            }
            """,
        ["CreateApiKeyRequest"] = """{ "label": "lobbyist 2", "role": "lobbyist" }""",
        ["ServiceHealth"] = """{ "status": "ready", "engine": "SQLite 3.50.4" }""",
    };

    /// <summary>The example of a schema by its name; of a page, the page with that one item.</summary>
    public static JsonNode? Of(string schema) =>
        schema.StartsWith("PageOf", StringComparison.Ordinal)
            ? new JsonObject { ["items"] = new JsonArray(Of(schema["PageOf".Length..])) }
        : BySchema.TryGetValue(schema, out var json) ? JsonNode.Parse(json)
        : null;

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(p => p.Operations!.Values))
        {
            var contents = operation
                .Responses!.Values.OfType<OpenApiResponse>()
                .Select(r => r.Content)
                .Append(operation.RequestBody?.Content)
                .OfType<IDictionary<string, IOpenApiMediaType>>();
            foreach (var (type, content) in contents.SelectMany(c => c))
            {
                var media = (OpenApiMediaType)content;
                media.Example ??=
                    Text(type, isRequest: operation.RequestBody?.Content?.Values.Contains(content) == true)
                    ?? (NameOf(media.Schema) is { } name ? Of(name) : null);
            }
            foreach (var content in contents.Where(c => c.ContainsKey("application/x-ndjson")))
            {
                ShowTable(content);
            }
        }
    }

    // The same row in each of the formats that are text.
    private static void ShowTable(IDictionary<string, IOpenApiMediaType> content)
    {
        var rows = (OpenApiMediaType)content["application/json"];
        var row = Of(((OpenApiSchemaReference)rows.Schema!.Items!).Reference.Id!)!.AsObject();
        rows.Example = new JsonArray(row);
        ((OpenApiMediaType)content["application/x-ndjson"]).Example = row.ToJsonString(Json.Options) + "\n";
        // What is named by ids keeps their names.
        var cells = row.SelectMany(p =>
                p.Value is JsonObject each
                    ? each.Select(c => (Name: c.Key, c.Value))
                    : [(JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Key), p.Value)]
            )
            .ToList();
        ((OpenApiMediaType)content[Csv.MediaType]).Example =
            string.Join(',', cells.Select(p => p.Name))
            + "\n"
            + string.Join(',', cells.Select(p => p.Value?.ToString()))
            + "\n";
    }

    private static string? NameOf(IOpenApiSchema? schema) =>
        schema is OpenApiSchemaReference reference ? reference.Reference.Id
        : schema is OpenApiSchema { AnyOf: [OpenApiSchemaReference first, ..] } ? first.Reference.Id
        : null;

    private static string? Text(string type, bool isRequest) =>
        type switch
        {
            "text/event-stream" =>
                $"retry: 2500\n\nevent: tally\nid: 812\ndata: {JsonNode.Parse(Tally)!.ToJsonString(Json.Options)}\n\n:\n\n",
            Csv.MediaType when isRequest => "iso3,vote,intended\nZAF,yes,\nZMB,abstain,yes\n",
            Csv.MediaType => """
                group_scheme,group,members,eligible,yes,no,abstain,absent,undecided,unknown,ineligible,co_sponsors,present_and_voting,yes_share
                regional-group,african-states,54,54,40,0,6,8,0,0,0,0,40,1.0000

                """,
            _ => null,
        };
}
