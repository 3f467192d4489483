namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>Changes stances and co-sponsors in part. It comes after the reads, because it changes what they return.</summary>
internal static class Patches
{
    public static async Task Play(Stage stage)
    {
        const string resolution = $"/v1/resolutions/{Stage.Public}";
        foreach (
            var (path, patch, condition) in ((string, string, string)[])
                [
                    ("stances/NOR", """{"note": "In writing.", "certainty": "likely"}""", "If-Match: *"),
                    ("stances/NOR", """{"note": null, "evidenceUrl": null}""", "If-Match: \"1\""),
                    ("stances/NOR", """{"certainty": null}""", "If-Match: *"),
                    ("stances/WSM", """{"note": "x"}""", "If-Match: \"0\""),
                    ("stances/VAT", """{"note": "x"}""", "If-Match: *"),
                    ("co-sponsors/NOR", """{"note": null, "role": "main"}""", "If-Match: *"),
                    ("co-sponsors/NOR", """{"withdrawnOn": "2026-11-21"}""", "If-Match: *"),
                    ("co-sponsors/NOR", """{"note": "x"}""", "If-Match: \"1\""),
                    ("co-sponsors/SWE", """{"note": "x"}""", "If-Match: *"),
                ]
        )
        {
            stage.Wait();
            await stage.Play(
                RawRequest.Json("lobbyist", "PATCH", $"{resolution}/{path}", patch) with
                {
                    Headers = [condition, "Content-Type: application/merge-patch+json"],
                }
            );
        }
    }
}
