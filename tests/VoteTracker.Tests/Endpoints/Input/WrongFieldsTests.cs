using static VoteTracker.Tests.Endpoints.Input.WrongRequests;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A body with wrong values gets a 400 that names them, and changes nothing: no version, no row in the feed.</summary>
public sealed class WrongFieldsTests
{
    [Test]
    public async Task An_invalid_stance_is_a_400_that_names_every_wrong_field()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((string, string[])[])
                [
                    ("{}", ["position", "certainty", "evidence"]),
                    ("""{"position": 1, "certainty": 0, "evidence": 2}""", ["position", "certainty", "evidence"]),
                    ("""{"position": "1", "certainty": "0", "evidence": "2"}""", ["position", "certainty", "evidence"]),
                    (
                        """{"position": "Yes", "certainty": "CONFIRMED", "evidence": "Meeting"}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """{"position": " yes ", "certainty": "confirmed,likely", "evidence": ""}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """{"position": "unknown", "certainty": null, "evidence": true}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """{"position": ["yes"], "certainty": {}, "evidence": 1e400}""",
                        ["position", "certainty", "evidence"]
                    ),
                    (
                        """
                        {
                            "position": "maybe", "certainty": 9, "evidence": "rumour", "evidenceUrl": "javascript:alert(1)", "note": "",
                            "reason": 5, "contact": "\u0000"
                        }
                        """,
                        ["position", "certainty", "evidence", "evidenceUrl", "note", "reason", "contact"]
                    ),
                    (
                        """{"position": "yes", "position": "no", "certainty": "confirmed", "evidence": "meeting"}""",
                        ["position"]
                    ),
                    (
                        """{"position": "yes", "POSITION": "no", "certainty": "confirmed", "evidence": "meeting"}""",
                        ["POSITION"]
                    ),
                    (
                        """{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "note": "a\u0000b"}""",
                        ["note"]
                    ),
                    ("""{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "note": 1}""", ["note"]),
                    (
                        """{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "evidenceUrl": "/a"}""",
                        ["evidenceUrl"]
                    ),
                    (
                        """{"position": "yes", "certainty": "confirmed", "evidence": "meeting", "note": "\ud800"}""",
                        ["note"]
                    ),
                    ("""{"position": "yes", "certainty": "confirmed", "evidence": "meeting"} {}""", ["body"]),
                    ("""{"position": "yes", "certainty": "confirmed", "evidence": "meeting",}""", []),
                    ("""{"position": "yes", /* no */ "certainty": "confirmed", "evidence": "meeting"}""", []),
                    ("""{'position': 'yes'}""", []),
                    ("{", []),
                    ("[]", ["body"]),
                    ("""[{"position": "yes", "certainty": "confirmed", "evidence": "meeting"}]""", ["body"]),
                    ("null", ["body"]),
                    ("7", ["body"]),
                    ("\"yes\"", ["body"]),
                    ("", ["body"]),
                    ("   ", ["body"]),
                    ("\0", ["body"]),
                    ("NaN", ["body"]),
                ],
            async wrong =>
            {
                var (json, fields) = wrong;
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        using var answer = await Put(app.Lobbyist, $"/v1/resolutions/{draft}/stances/NOR", json);
                        var problem = await answer.ShouldBeProblem(400, fields);
                        if (fields.Length > 0)
                        {
                            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields);
                        }
                        problem["errors"]!.AsObject().ShouldNotBeEmpty();
                    }
                );
            }
        );
    }

    [Test]
    public async Task Texts_of_the_maximum_length_are_accepted_and_longer_ones_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/stances/NOR";
        await Unchanged(
            app,
            draft,
            async () =>
            {
                using var answer = await app.Lobbyist.Put(path, Of(4_001, 1_001, 2_001));
                await answer.ShouldBeProblem(400, "note", "reason", "evidenceUrl");
            }
        );
        using var taken = await app.Lobbyist.Put(path, Of(4_000, 1_000, 2_000));
        ((int)taken.StatusCode).ShouldBe(200);

        static object Of(int note, int reason, int url) =>
            new
            {
                position = "yes",
                certainty = "confirmed",
                evidence = "meeting",
                note = new string('é', note),
                reason = new string('中', reason),
                evidenceUrl = "https://example.org/".PadRight(url, 'x'),
            };
    }

    [Test]
    public async Task Huge_numbers_and_impossible_days_are_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((string, string)[])[("NOR", "from"), ("NOR", "reason")],
            async wrong =>
            {
                var (iso3, field) = wrong;
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        foreach (
                            var value in (string[])["1e999", "123456789012345678901234567890", "\"2026-13-01\"", "{}"]
                        )
                        {
                            using var answer = await Put(
                                app.Coordinator,
                                $"/v1/member-states/{iso3}/ineligibility",
                                $$"""{"{{field}}": {{value}}}"""
                            );
                            await answer.ShouldBeProblem(400, "from", "reason");
                        }
                    }
                );
            }
        );
    }

    [Test]
    public async Task A_wrong_word_in_a_list_is_named_with_its_path_and_the_accepted_words()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await Put(
            app.Coordinator,
            $"/v1/resolutions/{draft}/roll-call",
            """
            {
                "recordedOn": "2026-11-20",
                "votes": [
                    {"memberState": "NOR", "vote": "yes"}, {"memberState": "ZAF", "vote": "aye"},
                    {"memberState": 7, "vote": "no"}, "USA"
                ]
            }
            """
        );
        var problem = await answer.ShouldBeProblem(400, "votes[1].vote", "votes[2].memberState", "votes[3]");
        problem["errors"]!["votes[1].vote"]!.ToJsonString().ShouldContain("yes, no, abstain, non-voting");
    }
}
