using System.Globalization;
using VoteTracker.Tests.Web.Pictures;
using VoteTracker.Web.Pictures;

// .NET runs this before the program that was started with this assembly in DOTNET_STARTUP_HOOKS.
#pragma warning disable CA1050, MA0047 // The runtime looks for a type without a namespace.

/// <summary>Draws pictures in the process of the service, as <see cref="PngProcessTests"/> wants, before it starts.</summary>
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public static void Initialize()
    {
        using var renderer = new PngRenderer();
        foreach (var text in (string[])["Yes", "نعم", "赞成"])
        {
            var result = renderer
                .Render(Pixels.Picture($"<text x='9' y='50'>{text}</text>"), 100)
                .GetAwaiter()
                .GetResult();
            Console.WriteLine($"PNG {result.Outcome}: {result.Detail}");
        }
        var count = int.Parse(
            Environment.GetEnvironmentVariable(PngProcessTests.Count) ?? "0",
            CultureInfo.InvariantCulture
        );
        var svg = PngRendererTests.Seats("الجمعية");
        for (var i = 0; i < count; i++)
        {
            renderer.Render(svg, 1_200).GetAwaiter().GetResult();
            if (i == count / 2 || i == count - 1)
            {
                Console.WriteLine($"MiB {Environment.WorkingSet >> 20}");
            }
        }
    }
}
