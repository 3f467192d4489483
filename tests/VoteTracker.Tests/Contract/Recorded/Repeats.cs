using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Contract.Recorded;

/// <summary>POST with an `Idempotency-Key`, also two requests at the same time.</summary>
internal static class Repeats
{
    public static async Task Play(Stage stage)
    {
        foreach (var operation in Operation.All.Where(o => o.IsRepeatable))
        {
            var request = Once(stage, operation);
            var key = $"Idempotency-Key: once-{operation.Id}";
            stage.Wait();
            for (var time = 0; time < 2; time++)
            {
                var response = await stage.Play(With(request, key));
                if (operation.Id == "ImportRollCalls")
                {
                    await stage.Ended(JsonNode.Parse(response.BodyText)!["id"]!.GetValue<string>());
                }
            }
            if (request.Body is { } body)
            {
                await stage.Play(With(request with { Body = [.. body, (byte)'\n'] }, key));
            }
            await stage.Play(With(request with { Path = request.Path + "?unheardOf=1" }, key));
            await stage.Play(With(request, key) with { Role = "viewer" });
            await stage.Play(With(request, key) with { Role = "anonymous" });
            foreach (var wrong in (string[])["", new string('x', 256), "h\u00E9", "a, b"])
            {
                await stage.Play(With(request with { Body = "{"u8.ToArray() }, $"Idempotency-Key: {wrong}"));
            }
            // A rejected request is not stored.
            var refused = $"Idempotency-Key: refused-{operation.Id}";
            await stage.Play(With(request with { Body = "{"u8.ToArray() }, refused));
            await stage.Play(With(request with { Body = "["u8.ToArray() }, refused));
        }
        await AtTheSameTime(stage);
    }

    private static RawRequest Once(Stage stage, Operation operation)
    {
        var request = stage.RequestOf(operation, "coordinator");
        return operation.Id switch
        {
            "CreateApiKey" => request with { Role = "admin" },
            "OpenResolution" => request with { Body = Body(operation, "id", "es-10-once") },
            "AddContact" => request with { Body = Body(operation, "memberState", "ESP") },
            "ImportRollCalls" => request with
            {
                Headers = ["Content-Type: application/gzip"],
                Body = File.ReadAllBytes(
                    Path.Combine(Repository.Root, "tests/VoteTracker.Tests/Features/Imports/ga-voting-piece.csv.gz")
                ),
            },
            _ => request,
        };
    }

    private static byte[] Body(Operation operation, string field, string value)
    {
        var body = operation.Example!;
        body[field] = value;
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static RawRequest With(RawRequest request, string header) =>
        request with
        {
            Headers = [.. request.Headers, header],
        };

    // The first request is held up in the middle of its body.
    private static async Task AtTheSameTime(Stage stage)
    {
        var request = With(
            RawRequest.Csv("coordinator", "POST", "/v1/imports/roll-calls", "a,b\n"),
            "Idempotency-Key: at-the-same-time"
        );
        for (var isRunning = false; !isRunning; )
        {
            using var held = new TcpClient();
            await held.ConnectAsync(stage.Server);
            var bytes = request.Bytes(stage.Keys["coordinator"]);
            await held.GetStream().WriteAsync(bytes.AsMemory(0, bytes.Length - 2));
            // If another request had its turn first, this one was rejected, and is sent again.
            for (var tries = 0; tries < 10 && !isRunning; tries++)
            {
                await Task.Delay(100);
                isRunning = (await stage.Ask(request)).Status == 409;
            }
            if (isRunning)
            {
                await stage.Play(request);
            }
        }
        await ImportHelp.Until(
            async () => (await stage.Ask(request)).Status == 400,
            "the first request has ended",
            TimeSpan.FromMilliseconds(50)
        );
    }
}
