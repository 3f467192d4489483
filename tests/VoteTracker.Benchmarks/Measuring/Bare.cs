using System.Text.Json;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>The yardstick: ASP.NET Core and nothing else, as its templates configure it.</summary>
internal static class Bare
{
    public static async Task Serve(string urls)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.WebHost.UseUrls(urls);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var app = builder.Build();
        byte[] bytes = "{}"u8.ToArray();
        app.MapPut(
            "/bytes",
            async (HttpContext http) =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                bytes = body.ToArray();
            }
        );
        app.MapGet(
            "/tally",
            async (HttpContext http) =>
            {
                http.Response.ContentType = "application/json; charset=utf-8";
                http.Response.ContentLength = bytes.Length;
                await http.Response.BodyWriter.WriteAsync(bytes);
            }
        );
        // A listener that receives nothing.
        app.MapGet(
            "/wait",
            async (HttpContext http) =>
            {
                await http.Response.StartAsync();
                await Task.Delay(Timeout.Infinite, http.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        );
        // Reads the same body as a stance's, and responds at once.
        app.MapPut("/stances/{iso3}", (string iso3, Dictionary<string, JsonElement> stance) => TypedResults.Ok(stance));
        // Receivers of webhooks, and the number of messages that they got.
        var hooks = 0L;
        app.MapPost(
            "/hooks/{id}",
            async (HttpContext http) =>
            {
                await http.Request.Body.CopyToAsync(Stream.Null);
                Interlocked.Increment(ref hooks);
            }
        );
        app.MapGet("/hooks", () => Interlocked.Read(ref hooks));
        await app.RunAsync();
    }
}
