using System.IO.Compression;
using System.Text;

namespace VoteTracker.Tests.Endpoints.Bodies;

/// <summary>The charset and the content encoding of request bodies.</summary>
public sealed class BodyCodingTests
{
    private const string Stance = """{"position": "yes", "certainty": "likely", "evidence": "call", "note": "é"}""";
    private const string Csv = "iso3,position,certainty,evidence\nNOR,yes,likely,call\n";

    [TestCase("br")]
    [TestCase("zstd")]
    [TestCase("deflate")]
    [TestCase("gzip, gzip")]
    [TestCase("gzip, br")]
    public async Task An_unsupported_content_encoding_is_a_415_that_lists_the_supported_ones(string coding)
    {
        using var app = new App();
        await Each.Run(
            await BodyOperation.All(app),
            async operation =>
            {
                using var answer = await operation.Send(app, Encoding.UTF8.GetBytes(Stance), coding);
                var problem = await answer.ShouldBeProblem(415);
                problem["detail"]!
                    .GetValue<string>()
                    .ShouldContain($"'{coding.Replace(" ", "", StringComparison.Ordinal)}'");
                answer.Headers.GetValues("Accept-Encoding").ShouldBe(["gzip, identity"]);
            }
        );
    }

    [TestCase("iso-8859-1")]
    [TestCase("\"utf-16\"")]
    [TestCase("windows-1252")]
    public async Task A_charset_that_is_not_UTF8_is_a_415_that_names_it(string charset)
    {
        using var app = new App();
        await Each.Run(
            (await BodyOperation.All(app)).Where(o => o.MediaType != "application/gzip").ToList(),
            async operation =>
            {
                using var answer = await operation.Send(
                    app,
                    Encoding.UTF8.GetBytes(Stance),
                    contentType: $"{operation.MediaType}; charset={charset}"
                );
                (await answer.ShouldBeProblem(415))["detail"]!.GetValue<string>().ShouldContain("UTF-8");
            }
        );
    }

    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/json; charset=\"UTF-8\"")]
    [TestCase("application/json; charset=us-ascii")]
    public async Task UTF8_may_be_declared(string contentType)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var put = new BodyOperation("PUT", $"/v1/resolutions/{draft}/stances/NOR", "application/json");
        using var answer = await put.Send(app, Encoding.UTF8.GetBytes(Stance), contentType: contentType);
        answer.EnsureSuccessStatusCode();
    }

    [Test]
    public async Task A_byte_order_mark_before_a_body_is_skipped()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var (operation, body) in OfADraft(draft))
        {
            using var answer = await operation.Send(app, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(body)]);
            ((int)answer.StatusCode).ShouldBeInRange(
                200,
                201,
                $"{operation} {await answer.Content.ReadAsStringAsync()}"
            );
        }
        var stance = await app.Viewer.GetJson($"/v1/resolutions/{draft}/stances/NOR");
        stance["note"]!.GetValue<string>().ShouldBe("é");
    }

    [Test]
    public async Task Text_in_another_encoding_is_a_400_that_names_UTF8()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var (operation, body) in OfADraft(draft).Where(o => o.Body.Contains('é', StringComparison.Ordinal)))
        {
            foreach (
                var encoding in (Encoding[])
                    [Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode, new UnicodeEncoding(true, true)]
            )
            {
                using var answer = await operation.Send(app, [.. encoding.Preamble, .. encoding.GetBytes(body)]);
                var problem = await answer.ShouldBeProblem(400);
                problem["detail"]!.GetValue<string>().ShouldContain("UTF-8", Case.Sensitive, encoding.EncodingName);
            }
        }
    }

    [TestCase("gzip")]
    [TestCase("x-gzip")]
    [TestCase("GZip")]
    [TestCase("identity, gzip")]
    public async Task A_gzip_body_is_decompressed(string coding)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var (operation, body) in OfADraft(draft))
        {
            using var answer = await operation.Send(app, Gzip(Encoding.UTF8.GetBytes(body)), coding);
            ((int)answer.StatusCode).ShouldBeInRange(
                200,
                201,
                $"{operation} {await answer.Content.ReadAsStringAsync()}"
            );
        }
        var stance = await app.Viewer.GetJson($"/v1/resolutions/{draft}/stances/NOR");
        stance["note"]!.GetValue<string>().ShouldBe("é");
    }

    [Test]
    public async Task An_identity_body_is_not_decoded()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var (operation, body) in OfADraft(draft))
        {
            using var answer = await operation.Send(app, Encoding.UTF8.GetBytes(body), "identity");
            ((int)answer.StatusCode).ShouldBeInRange(200, 201, $"{operation}");
        }
    }

    [Test]
    public async Task The_limit_of_a_body_applies_to_its_decompressed_content()
    {
        using var app = new App();
        var bomb = Gzip(new byte[20_000_000]);
        bomb.Length.ShouldBeLessThan(100_000);
        await Each.Run(
            (await BodyOperation.All(app))
                .Where(o => !o.Path.StartsWith("/v1/imports", StringComparison.Ordinal))
                .ToList(),
            async operation =>
            {
                using var answer = await operation.Send(app, bomb, "gzip");
                await answer.ShouldBeProblem(413);
            }
        );
    }

    [Test]
    public async Task The_limit_of_a_file_applies_to_its_decompressed_content()
    {
        using var app = new App(settings: new() { ["MaxImportBytes"] = "10000000" });
        var import = new BodyOperation("POST", "/v1/imports/roll-calls", "text/csv");
        using var answer = await import.Send(app, Gzip(new byte[20_000_000]), "gzip");
        await answer.ShouldBeProblem(413);
    }

    [Test]
    public async Task A_body_that_is_declared_as_gzip_and_is_not_is_a_400()
    {
        using var app = new App();
        var packed = Gzip(Encoding.UTF8.GetBytes(Stance.PadRight(1_000)));
        await Each.Run(
            await BodyOperation.All(app),
            async operation =>
            {
                foreach (var body in (byte[][])[Encoding.UTF8.GetBytes(Stance), packed[..^9], packed[..20]])
                {
                    using var answer = await operation.Send(app, body, "gzip");
                    var problem = await answer.ShouldBeProblem(400, "body");
                    problem["detail"]!.GetValue<string>().ShouldContain("gzip");
                }
            }
        );
    }

    [Test]
    public async Task A_repeated_request_may_be_compressed()
    {
        using var app = new App();
        using var client = app.Lobbyist;
        var json = Encoding.UTF8.GetBytes("""{"memberState": "NOR", "name": "A name", "office": "mission"}""");
        using var first = await Post(Gzip(json), "gzip");
        first.EnsureSuccessStatusCode();
        using var second = await Post(json, null);
        second.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        using var other = await Post(json, "br");
        await other.ShouldBeProblem(415);

        Task<HttpResponseMessage> Post(byte[] body, string? coding)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts")
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = new("application/json");
            if (coding is not null)
            {
                request.Content.Headers.ContentEncoding.Add(coding);
            }
            request.Headers.Add("Idempotency-Key", "a key");
            return client.SendAsync(request);
        }
    }

    private static (BodyOperation Operation, string Body)[] OfADraft(string draft) =>
        [
            (new("PUT", $"/v1/resolutions/{draft}/stances/NOR", "application/json"), Stance),
            (new("POST", $"/v1/resolutions/{draft}/stances/import", "text/csv"), Csv),
            (new("PATCH", $"/v1/resolutions/{draft}", "application/merge-patch+json"), """{"title": "Café"}"""),
            (
                new("PUT", $"/v1/resolutions/{draft}/roll-call?recordedOn=2026-11-21&missing=non-voting", "text/csv"),
                "iso3,vote\nNOR,yes\n"
            ),
        ];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }
}
